"""Read stories of exchange."""
