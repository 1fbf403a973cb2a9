"""Anchors, certificates, pictures of signing, what was revoked, who is asked, who is silent."""

from .anchor import Anchor
from .certificate import Certificate
from .image import SignatureImage
from .revocation import RevocationAnswer
from .service import TrustService
from .silence import Silence

__all__ = [
    "Anchor",
    "Certificate",
    "RevocationAnswer",
    "SignatureImage",
    "Silence",
    "TrustService",
]
