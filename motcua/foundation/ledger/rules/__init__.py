"""Pure decisions of the ledger: what a leaf and a head are made of."""
