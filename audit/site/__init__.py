"""The ledger as a site and an HTTP API: `create_app` makes it, `duixian serve` runs it."""
