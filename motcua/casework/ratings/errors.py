from motcua.lib.errors import Anticipated, Conflict


class NotYetRateable(Anticipated):
    """The dossier has neither a result nor an end."""


class RatedBefore(Conflict):
    """A dossier is rated once."""
