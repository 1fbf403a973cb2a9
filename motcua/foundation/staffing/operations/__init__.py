"""Arrange who is away, who stands in, who is sent."""
