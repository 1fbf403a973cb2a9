"""Who is away, who sits where."""
