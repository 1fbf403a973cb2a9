"""Write stories of tasks."""
