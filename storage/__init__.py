"""The ledger: models, migrations, append-only writes, as-of reads, exports."""
