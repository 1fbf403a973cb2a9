"""Reading what is trusted and whose certificates there are."""
