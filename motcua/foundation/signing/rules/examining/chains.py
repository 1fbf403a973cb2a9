"""Whether a certificate holds at a moment, as the engine judges chains; asks no network."""

import asyncio
from datetime import datetime
from typing import Any

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.ades.report import AdESSubIndic
from pyhanko.sign.general import CMSExtractionError, extract_certificate_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_cert_usage, validate_tst_signed_data
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator.context import ValidationContext

from .report import World

_FOR_SIGNING = KeyUsageConstraints(key_usage={"non_repudiation"})


def chain_trouble(
    der: bytes, at: datetime, world: World, *, looks_back: bool
) -> AdESSubIndic | None:
    """Return what is wrong with a certificate at a moment; None if it held.

    `looks_back`: the moment is proven, so later lists of revoked certificates tell of it.
    """
    context = _context(at, world, looks_back=looks_back)
    return asyncio.run(_chain_trouble(asn1_x509.Certificate.load(der), context))


async def _chain_trouble(
    one: asn1_x509.Certificate, context: ValidationContext
) -> AdESSubIndic | None:
    paths = context.path_builder.async_build_paths_lazy(one)
    found = await validate_cert_usage(one, context, _FOR_SIGNING, paths)
    return None if found.success_result is not None else found.error_subindic


def stamp_time(
    token: bytes, stamped: bytes, world: World, *, at: datetime | None = None
) -> tuple[datetime, str] | None:
    """Return the moment a time stamp proves and who says so; None if it proves nothing.

    `at` is when it is proven to have been there, by a stamp over it; else it has to hold now.
    """
    try:
        content = cms.ContentInfo.load(token)["content"]
        context = _context(at or world.at, world, looks_back=at is not None)
        rows = asyncio.run(_stamp(content, stamped, context))
    except (SignatureValidationError, ValueError, KeyError, TypeError):
        return None
    status = TimestampSignatureStatus(**rows)
    if not (status.intact and status.valid and status.trusted):
        return None
    return status.timestamp, str(status.signing_cert.subject.native.get("common_name", ""))


def stamp_signer(token: bytes) -> bytes | None:
    """Return the certificate of who made a time stamp; None where that cannot be read."""
    try:
        found = extract_certificate_info(cms.ContentInfo.load(token)["content"]).signer_cert
    except (CMSExtractionError, ValueError, KeyError, TypeError, AttributeError):
        return None
    der: bytes = found.dump()
    return der


async def _stamp(content: Any, stamped: bytes, context: ValidationContext) -> dict[str, Any]:
    def imprint(name: str) -> bytes:
        digest = hashes.Hash(getattr(hashes, name.upper())())
        digest.update(stamped)
        return digest.finalize()

    rows: dict[str, Any] = await validate_tst_signed_data(content, context, imprint)
    return rows


def _context(at: datetime, world: World, *, looks_back: bool) -> ValidationContext:
    return ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(der) for der in world.anchors],
        other_certs=[asn1_x509.Certificate.load(der) for der in world.others],
        crls=list(world.crls),
        ocsps=list(world.ocsps),
        moment=at,
        best_signature_time=at,
        allow_fetching=False,
        revocation_mode="require",
        retroactive_revinfo=looks_back,
    )
