"""Read stories of the ledger."""
