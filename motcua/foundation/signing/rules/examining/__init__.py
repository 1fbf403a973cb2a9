"""What the signatures of a document are worth: judged on values only, without network or clock."""
