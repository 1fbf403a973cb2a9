"""Pure decisions about names, numbers, cards and masks."""
