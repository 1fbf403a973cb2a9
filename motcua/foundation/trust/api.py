"""The door: whom we believe, whose certificates there are, how signing looks."""

from .choices import (
    AnchorState,
    AnswerKind,
    CertificateState,
    HolderKind,
    ImageKind,
    ImageState,
    KnownState,
    Purpose,
    ServiceKind,
    Way,
)
from .errors import (
    AlreadyKnown,
    EvidenceMissing,
    NoCertificate,
    NoSuchAnchor,
    NoSuchCertificate,
    NoSuchImage,
    NoSuchService,
    NotACertificate,
    NotAnAnswer,
    SamePerson,
    TrustError,
    WasRevoked,
)
from .models import Anchor, Certificate, RevocationAnswer, SignatureImage, TrustService
from .operations.anchors import approve_anchor, propose_anchor, root_in, withdraw_anchor
from .operations.asking import Inquiry, ask_about
from .operations.certificates import (
    CertificateIn,
    bring_crl,
    keep_crl,
    register_certificate,
    set_certificate_state,
)
from .operations.evidence import evidence_for, keep_ocsp
from .operations.images import ImageIn, approve_image, drop_image, keep_image
from .operations.refreshing import refresh_revocation, refresh_soon
from .operations.services import note_service, set_service, stop_service
from .operations.statuses import refresh_statuses
from .operations.warning import warn_ending
from .ports import LineDown, Stamp, TrustLine, line, lines, stamper, stampers
from .queries.certificates import (
    certificates_of_officer,
    ending_before,
    find_certificate,
    seal_of_agency,
)
from .queries.images import (
    ImageRow,
    Picture,
    get_image,
    handwriting_of,
    images_before,
    seal_picture_of,
    with_names,
)
from .queries.inventory import (
    CertificateRow,
    InventoryAsk,
    agency_name,
    get_certificate,
    inventory,
    whole_inventory,
)
from .queries.revocation import AnswersKept, answers_kept
from .queries.services import (
    entered_hosts,
    get_service,
    service_by_code,
    services_of,
    services_on_record,
    time_stamp_services,
)
from .queries.trusted import (
    anchors_on,
    anchors_on_record,
    chain_of,
    get_anchor,
    trust_view,
)
from .rules.certificates import (
    common_name_in,
    fingerprint_words,
    read_certificate,
    read_certificates,
)
from .rules.ending import days_left
from .rules.moves import MOVES
from .rules.revocation import Evidence, chain_to
from .rules.services import ServiceIn, ServiceInfo
from .rules.view import AnchorInfo, TrustView

__all__ = [
    "MOVES",
    "AlreadyKnown",
    "Anchor",
    "AnchorInfo",
    "AnchorState",
    "AnswerKind",
    "AnswersKept",
    "Certificate",
    "CertificateIn",
    "CertificateRow",
    "CertificateState",
    "Evidence",
    "EvidenceMissing",
    "HolderKind",
    "ImageIn",
    "ImageKind",
    "ImageRow",
    "ImageState",
    "Inquiry",
    "InventoryAsk",
    "KnownState",
    "LineDown",
    "NoCertificate",
    "NoSuchAnchor",
    "NoSuchCertificate",
    "NoSuchImage",
    "NoSuchService",
    "NotACertificate",
    "NotAnAnswer",
    "Picture",
    "Purpose",
    "RevocationAnswer",
    "SamePerson",
    "ServiceIn",
    "ServiceInfo",
    "ServiceKind",
    "SignatureImage",
    "Stamp",
    "TrustError",
    "TrustLine",
    "TrustService",
    "TrustView",
    "WasRevoked",
    "Way",
    "agency_name",
    "anchors_on",
    "anchors_on_record",
    "answers_kept",
    "approve_anchor",
    "approve_image",
    "ask_about",
    "bring_crl",
    "certificates_of_officer",
    "chain_of",
    "chain_to",
    "common_name_in",
    "days_left",
    "drop_image",
    "ending_before",
    "entered_hosts",
    "evidence_for",
    "find_certificate",
    "fingerprint_words",
    "get_anchor",
    "get_certificate",
    "get_image",
    "get_service",
    "handwriting_of",
    "images_before",
    "inventory",
    "keep_crl",
    "keep_image",
    "keep_ocsp",
    "line",
    "lines",
    "note_service",
    "propose_anchor",
    "read_certificate",
    "read_certificates",
    "refresh_revocation",
    "refresh_soon",
    "refresh_statuses",
    "register_certificate",
    "root_in",
    "seal_of_agency",
    "seal_picture_of",
    "service_by_code",
    "services_of",
    "services_on_record",
    "set_certificate_state",
    "set_service",
    "stamper",
    "stampers",
    "stop_service",
    "time_stamp_services",
    "trust_view",
    "warn_ending",
    "whole_inventory",
    "with_names",
    "withdraw_anchor",
]
