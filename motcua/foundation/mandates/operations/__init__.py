"""Writing: helpers, consents, sessions."""
