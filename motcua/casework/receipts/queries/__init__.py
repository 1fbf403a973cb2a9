"""What is read of receipts."""
