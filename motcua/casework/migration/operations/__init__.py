"""Write stories of migration."""
