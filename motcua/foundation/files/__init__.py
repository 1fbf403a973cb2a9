"""Files: the bytes that other rooms hold keys to."""
