"""Find documents by number, issuer, kind, days and subject."""
