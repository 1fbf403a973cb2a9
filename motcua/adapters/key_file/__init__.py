"""Signs heads of the ledger with a private key in a file."""
