"""Read stories of dossiers: lists, one dossier whole, explanations."""
