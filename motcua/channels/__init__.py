"""The upper floor: where people and machines come in."""
