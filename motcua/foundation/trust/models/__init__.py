"""Anchors, certificates, pictures of signing, what was revoked, and who is asked."""

from .anchor import Anchor
from .certificate import Certificate
from .image import SignatureImage
from .revocation import RevocationAnswer
from .service import TrustService

__all__ = ["Anchor", "Certificate", "RevocationAnswer", "SignatureImage", "TrustService"]
