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
    EvidenceMissing,
    NoCertificate,
    NoSuchAnchor,
    NotACertificate,
    NotAnAnswer,
    SamePerson,
    TrustError,
    WasRevoked,
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
from .operations.evidence import evidence_for, keep_ocsp, refresh_revocation
from .ports import LineDown, TrustLine, line, lines
from .queries.certificates import (
    certificates_of_officer,
    ending_before,
    find_certificate,
    seal_of_agency,
)
from .queries.images import Picture, handwriting_of, seal_picture_of
from .queries.trusted import (
    anchors_on,
    anchors_on_record,
    chain_of,
    time_stamp_address,
    trust_view,
)
from .rules.certificates import fingerprint_words, read_certificate
from .rules.revocation import Evidence, chain_to
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
    "Evidence",
    "EvidenceMissing",
    "HolderKind",
    "ImageIn",
    "ImageKind",
    "LineDown",
    "NoCertificate",
    "NoSuchAnchor",
    "NotACertificate",
    "NotAnAnswer",
    "Picture",
    "Purpose",
    "RevocationAnswer",
    "SamePerson",
    "SignatureImage",
    "TrustError",
    "TrustLine",
    "TrustView",
    "WasRevoked",
    "Way",
    "anchors_on",
    "anchors_on_record",
    "approve_anchor",
    "certificates_of_officer",
    "chain_of",
    "chain_to",
    "ending_before",
    "evidence_for",
    "find_certificate",
    "fingerprint_words",
    "handwriting_of",
    "keep_crl",
    "keep_image",
    "keep_ocsp",
    "line",
    "lines",
    "propose_anchor",
    "read_certificate",
    "refresh_revocation",
    "register_certificate",
    "seal_of_agency",
    "seal_picture_of",
    "set_certificate_state",
    "time_stamp_address",
    "trust_view",
    "withdraw_anchor",
]
