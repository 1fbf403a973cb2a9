"""Write stories of work files."""
