"""What agencies and units that ended have left, taken over by who stands in their place."""
