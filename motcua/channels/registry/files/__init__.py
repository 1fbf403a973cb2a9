"""Work files: an officer's own, the yearly list, the archive."""
