"""Django's mail back end over our own queue."""
