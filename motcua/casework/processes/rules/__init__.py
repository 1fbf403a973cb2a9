"""Pure decisions about processes, split by subject."""
