"""The middle floor: what offices do."""
