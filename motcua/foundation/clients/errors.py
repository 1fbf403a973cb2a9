"""What goes wrong with applications."""

from motcua.lib.errors import Conflict, NotFound


class NoSuchClient(NotFound):
    """There is no such application, or it is not the asker's to see."""


class ClientEnded(Conflict):
    """The application was ended."""
