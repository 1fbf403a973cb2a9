"""Codes and the tree in memory: no database, no clock."""
