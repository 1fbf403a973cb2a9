"""Asks time-stamp services and authorities over HTTP."""
