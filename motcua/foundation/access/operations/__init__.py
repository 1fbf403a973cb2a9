"""Who stands in for whom, and who acts for an enterprise."""
