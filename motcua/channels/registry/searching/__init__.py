"""Full-text search over documents and work files."""
