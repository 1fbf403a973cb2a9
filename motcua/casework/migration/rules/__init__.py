"""Reading tables of strangers, and what their columns and words mean; no database, no clock."""
