"""Anchors, certificates, pictures of signing, and what authorities say was revoked."""

from .anchor import Anchor
from .certificate import Certificate
from .image import SignatureImage
from .revocation import RevocationAnswer

__all__ = ["Anchor", "Certificate", "RevocationAnswer", "SignatureImage"]
