"""Keys of applications, and what is left of an actor's powers within scopes and agencies."""
