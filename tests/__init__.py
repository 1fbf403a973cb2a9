"""What crosses rooms: architecture, budgets, consistency."""
