"""Tools without tables, below every floor."""
