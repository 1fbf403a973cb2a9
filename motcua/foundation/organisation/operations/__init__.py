"""Changing the organisation: each change is a dated version, an audit entry and a new tree."""
