"""Pure decisions about roles and reach."""
