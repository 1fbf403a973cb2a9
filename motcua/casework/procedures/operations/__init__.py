"""Write stories of procedures."""
