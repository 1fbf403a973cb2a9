"""Reading the organisation: today's tree, past names and codes, posts."""
