"""Reading certificates, and what a judge of signatures is told."""
