"""Settings, by subject."""
