"""Reading who may see and do what."""
