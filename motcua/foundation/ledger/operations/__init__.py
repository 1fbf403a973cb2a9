"""Write stories of the ledger."""
