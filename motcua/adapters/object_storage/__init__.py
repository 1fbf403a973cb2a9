"""Keeps the bytes of files in a bucket that speaks the S3 protocol."""
