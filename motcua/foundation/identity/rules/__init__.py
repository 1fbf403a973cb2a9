"""Pure decisions about logins, locks and limits."""
