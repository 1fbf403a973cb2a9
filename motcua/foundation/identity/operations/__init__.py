"""Stories of accounts, passwords, sign-in and sessions."""
