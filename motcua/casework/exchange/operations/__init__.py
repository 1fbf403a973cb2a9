"""Write stories of exchange."""
