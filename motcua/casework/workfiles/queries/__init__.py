"""Reading work files, lists and hand-overs."""
