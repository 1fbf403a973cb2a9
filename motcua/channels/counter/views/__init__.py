"""Views of the counter, one file for each piece of work."""
