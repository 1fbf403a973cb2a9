"""Pure decisions about procedures: what their published texts say, field by field."""
