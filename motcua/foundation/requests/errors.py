"""What goes wrong with requests as such."""

from motcua.lib.errors import Anticipated


class SiteBusy(Anticipated):
    """Too many slow things are under way."""
