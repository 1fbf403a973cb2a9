"""Signs with keys inside a device of the server (HSM, token)."""
