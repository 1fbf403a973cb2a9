"""What may be wrong with anchors, certificates and pictures of signing."""

from motcua.lib.errors import Anticipated, BadInput, NotFound


class TrustError(Anticipated):
    """Something about an anchor or certificate that stands in the way."""


class NotACertificate(BadInput):
    """The file is not a certificate, a revocation list or a picture that can be used."""


class SamePerson(TrustError):
    """Who proposed an anchor may not approve it."""


class AlreadyKnown(TrustError):
    """The anchor or certificate is there already."""


class NoSuchAnchor(NotFound):
    """There is no such anchor."""


class NoCertificate(TrustError):
    """Nobody has a certificate in force that could sign here; says whom to ask."""
