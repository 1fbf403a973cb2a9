"""Places in the words of a reason, without a database."""
