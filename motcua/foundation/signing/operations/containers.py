"""Seal a container of evidence by itself, with a time stamp where one is to be had.

Not at the door: it imports the engine and opens a key; the signer hands it to `ports.let_seal`.

Source: docs/law/exchange.md
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import IO

from motcua.foundation.audit import api as audit
from motcua.foundation.signing import ports
from motcua.foundation.signing.errors import StampRefused
from motcua.foundation.signing.rules.asic import begin_container, write_container
from motcua.foundation.signing.rules.xades import XmlOrder, finish_xml, with_xml_stamp
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .reporting import issuer_id
from .time_stamping import asker

logger = logging.getLogger(__name__)


def seal_container(
    files: Sequence[ports.HeldFile], target: IO[bytes], *, subject: str, at: datetime
) -> None:
    """Write these files as one container, sealed by the province.

    Raises: NoCertificate, HolderAway, HolderRefuses, WrongSignature.
    """
    agency_id = issuer_id()
    certificate = trust.seal_of_agency(agency_id, at) if agency_id is not None else None
    if certificate is None:
        raise trust.NoCertificate("Cơ quan chưa có chứng thư con dấu dùng được; hãy báo quản trị.")
    der = bytes(certificate.der)
    half = begin_container(files, XmlOrder(der, trust.chain_of(der), at))
    holder = ports.token_holder(certificate.service_code)
    raw = holder.sign_many(certificate.key_ref, [half.to_sign], half.digest)[0]
    signed = finish_xml(half, raw, certificate=der)
    write_container(files, _stamped(signed, at=at), target)
    _note(subject, certificate.sha256, len(files), at=at)


def _stamped(signed: bytes, *, at: datetime) -> bytes:
    """Return the signature with its time stamp; without one if no service answers."""
    try:
        with asker(at=at) as ask:
            return with_xml_stamp(signed, ask)
    except (trust.LineDown, StampRefused) as error:
        logger.info("container_without_stamp", extra={"error": str(error)})
        return signed


@work.story
def _note(subject: str, sha256: str, how_many: int, *, at: datetime) -> None:
    """Leave a trace of what the seal was used for."""
    detail = {"certificate": sha256, "files": how_many}
    audit.record("signing.container_sealed", subject, by=SYSTEM, at=at, detail=detail)
