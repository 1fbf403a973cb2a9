"""Write stories of dossiers, one file for each part of a dossier's life."""
