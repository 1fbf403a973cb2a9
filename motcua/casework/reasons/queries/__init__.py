"""The library, what is offered, and which reasons occur most."""
