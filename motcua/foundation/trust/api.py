"""The door: whom we believe, whose certificates there are, how signing looks."""

from .choices import (
    AnchorState,
    AnswerKind,
    CertificateState,
    HolderKind,
    ImageKind,
    Purpose,
    Way,
)
from .errors import (
    AlreadyKnown,
    NoCertificate,
    NoSuchAnchor,
    NotACertificate,
    SamePerson,
    TrustError,
)
from .models import Anchor, Certificate, RevocationAnswer, SignatureImage
from .operations.anchors import approve_anchor, propose_anchor, withdraw_anchor
from .operations.certificates import (
    CertificateIn,
    ImageIn,
    keep_crl,
    keep_image,
    register_certificate,
    set_certificate_state,
)
from .queries.certificates import (
    certificates_of_officer,
    ending_before,
    find_certificate,
    seal_of_agency,
)
from .queries.images import Picture, handwriting_of, seal_picture_of
from .queries.trusted import anchors_on, anchors_on_record, chain_of, trust_view
from .rules.certificates import fingerprint_words, read_certificate
from .rules.view import AnchorInfo, TrustView

__all__ = [
    "AlreadyKnown",
    "Anchor",
    "AnchorInfo",
    "AnchorState",
    "AnswerKind",
    "Certificate",
    "CertificateIn",
    "CertificateState",
    "HolderKind",
    "ImageIn",
    "ImageKind",
    "NoCertificate",
    "NoSuchAnchor",
    "NotACertificate",
    "Picture",
    "Purpose",
    "RevocationAnswer",
    "SamePerson",
    "SignatureImage",
    "TrustError",
    "TrustView",
    "Way",
    "anchors_on",
    "anchors_on_record",
    "approve_anchor",
    "certificates_of_officer",
    "chain_of",
    "ending_before",
    "find_certificate",
    "fingerprint_words",
    "handwriting_of",
    "keep_crl",
    "keep_image",
    "propose_anchor",
    "read_certificate",
    "register_certificate",
    "seal_of_agency",
    "seal_picture_of",
    "set_certificate_state",
    "trust_view",
    "withdraw_anchor",
]
