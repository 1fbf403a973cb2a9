"""Documents that were taken away, signed with other software, and brought back."""
