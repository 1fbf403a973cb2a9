"""What the law says of terms, without a database."""
