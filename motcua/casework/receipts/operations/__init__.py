"""What is done with receipts."""
