"""Working days, opening hours, and when an answer is due."""
