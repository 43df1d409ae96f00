"""The ledger as files: one module a format, all reading from `storage.exports.rows`."""
