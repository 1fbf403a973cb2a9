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


class NoSuchCertificate(NotFound):
    """There is no such certificate."""


class NoSuchImage(NotFound):
    """There is no such picture of signing."""


class NoSuchService(NotFound):
    """There is no such service."""


class NoCertificate(TrustError):
    """Nobody has a certificate in force that could sign here; says whom to ask."""


class NotAnAnswer(TrustError):
    """What an authority or a service answered is damaged, another's, or beside the point."""


class EvidenceMissing(TrustError):
    """Nobody could be asked whether a certificate held; it is tried again later."""


class WasRevoked(TrustError):
    """The certificate had been revoked before it signed; asking again changes nothing."""
