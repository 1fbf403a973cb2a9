"""Partners as the demo plays them; nothing here has legal value."""
