"""Read stories of the cashbook."""
