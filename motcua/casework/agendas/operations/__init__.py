"""Write stories of calendars."""
