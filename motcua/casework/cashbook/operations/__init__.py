"""Write stories of the cashbook."""
