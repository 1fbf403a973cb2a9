"""Seal XML that was made here, many documents with one look at the key.

Not at the door: it imports the engine and opens a key; the signer hands it to `ports.let_seal_xml`.

Source: docs/law/receipts.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.signing import ports
from motcua.foundation.signing.ports import SealedXml
from motcua.foundation.signing.rules.xades import XmlOrder, begin_xml, finish_xml
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import SYSTEM


def seal_documents(
    documents: Sequence[bytes], *, agency_id: int, subject: str, at: datetime
) -> SealedXml:
    """Return the documents, each with the seal of the agency in it (XAdES-B-B, enveloped).

    Raises: NoCertificate, HolderAway, HolderRefuses, WrongSignature, DocumentUnfit.
    Costs: two queries, the halves of each document, one call of the key's holder.
    """
    certificate = trust.seal_of_agency(agency_id, at)
    if certificate is None:
        raise trust.NoCertificate("Cơ quan chưa có chứng thư con dấu dùng được; hãy báo quản trị.")
    der = bytes(certificate.der)
    order = XmlOrder(der, trust.chain_of(der), at)
    halves = [begin_xml(one, order) for one in documents]
    holder = ports.token_holder(certificate.service_code)
    to_sign = [one.to_sign for one in halves]
    raw = holder.sign_many(certificate.key_ref, to_sign, halves[0].digest) if halves else []
    made = tuple(
        finish_xml(half, signature, certificate=der)
        for half, signature in zip(halves, raw, strict=True)
    )
    _note(subject, certificate.sha256, len(made), at=at)
    return SealedXml(made, certificate.subject_name)


@work.story
def _note(subject: str, sha256: str, how_many: int, *, at: datetime) -> None:
    """Leave a trace of what the seal was used for."""
    detail = {"certificate": sha256, "files": how_many}
    audit.record("signing.xml_sealed", subject, by=SYSTEM, at=at, detail=detail)
