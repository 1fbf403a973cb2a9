"""Official papers as plain data, and the words in which they print it."""
