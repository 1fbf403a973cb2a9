"""Pure decisions of the cashbook."""
