"""What the authority without legal value answers: time stamps, and the status of certificates."""

import secrets
from datetime import datetime, timedelta
from hashlib import new as new_hash
from hashlib import sha256

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from .authority import Authority, Pair

POLICY = "1.3.6.1.4.1.99999.1.1"  # a number nobody holds: stamps of the demo are worth nothing
STATUS_HOURS = 12
_SHA256 = {"algorithm": "sha256"}


def time_stamp(authority: Authority, question: bytes, *, at: datetime) -> bytes:
    """Return what a time-stamp service answers to a question (RFC 3161)."""
    asked = tsp.TimeStampReq.load(question)
    said = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": secrets.randbits(63),
        "gen_time": at.replace(microsecond=0),
        "ordering": False,
    }
    if asked["nonce"].native is not None:
        said["nonce"] = asked["nonce"]
    token = signed_info(authority.stamper, authority.between, tsp.TSTInfo(said).dump(), at)
    return bytes(
        tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
    )


def signed_info(stamper: Pair, between: Pair, content: bytes, at: datetime) -> cms.ContentInfo:
    """Return what a time stamp says, signed."""
    certificate = asn1_x509.Certificate.load(stamper.der)
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", "tst_info"),
            _attribute("signing_time", cms.Time({"utc_time": at})),
            _attribute("message_digest", sha256(content).digest()),
            _attribute("signing_certificate_v2", _names(stamper)),
        ]
    )
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": {
                "issuer_and_serial_number": {
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                }
            },
            "digest_algorithm": _SHA256,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signature": stamper.key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256()),
        }
    )
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [_SHA256],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(content),
            },
            "certificates": [certificate, asn1_x509.Certificate.load(between.der)],
            "signer_infos": [signer],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def _attribute(name: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": name, "values": [value]})


def _names(stamper: Pair) -> tsp.SigningCertificateV2:
    digest = new_hash("sha256", stamper.der).digest()
    return tsp.SigningCertificateV2({"certs": [{"hash_algorithm": _SHA256, "cert_hash": digest}]})


def status(authority: Authority, question: bytes, *, at: datetime) -> bytes:
    """Return what the authority says of one of its certificates (RFC 6960)."""
    asked = ocsp.load_der_ocsp_request(question)
    revoked_at = authority.revoked().get(asked.serial_number)
    state = ocsp.OCSPCertStatus.GOOD if revoked_at is None else ocsp.OCSPCertStatus.REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
        issuer_name_hash=asked.issuer_name_hash,
        issuer_key_hash=asked.issuer_key_hash,
        serial_number=asked.serial_number,
        algorithm=asked.hash_algorithm,
        cert_status=state,
        this_update=at,
        next_update=at + timedelta(hours=STATUS_HOURS),
        revocation_time=revoked_at,
        revocation_reason=None,
    )
    responder = authority.responder.certificate
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, responder)
    builder = builder.certificates([responder])
    return builder.sign(authority.responder.key, hashes.SHA256()).public_bytes(Encoding.DER)
