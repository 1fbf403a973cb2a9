"""What a pack consists of, read from what strangers send, and written."""
