"""The living province: made through the doors only."""
