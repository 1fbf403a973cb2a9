"""Pure rules of receipts: forms, contents, their XML, the table of a day."""
