"""Our own checks: the doors contract, the budgets, the reasons for muted rules."""
