"""Let an agency's seal sign one of our own papers at once, without a clerk and without a number.

Not at the door: it imports the engine and opens a key; only for the signer and for commands.

Source: docs/law/signatures.md
"""

from datetime import datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.errors import SigningError
from motcua.foundation.signing.rules import halves
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.signing.rules.halves import Order
from motcua.foundation.signing.rules.order import SEAL_FIELD, locks_of
from motcua.foundation.signing.rules.places import with_fields
from motcua.foundation.signing.rules.sizes import field_sizes
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

from .reporting import (
    NO_SEAL,
    NOT_ASKED_FOR,
    is_sealed_alone,
    issuer_id,
    render_for_seal,
    render_report,
)

_ALONE = (TurnRole.SEAL,)


def report_pdf(
    report: Report, *, name: str, as_of: datetime, at: datetime, sealed_at: datetime | None = None
) -> tuple[bytes, str]:
    """Return the report as a paper, sealed if the policy asks for the seal alone.

    What kept the seal away is said beside an unsealed paper. `at` is when the file was examined,
    `sealed_at` when the seal signs, if that is later.
    """
    agency_id = issuer_id()
    if agency_id is None or not is_sealed_alone(agency_id, at):
        told = render_report(report, name=name, as_of=as_of, at=at, unsealed_why=NOT_ASKED_FOR)
        return told, ""
    marked = render_for_seal(report, name=name, as_of=as_of, at=at)
    try:
        return sealed(marked, agency_id, subject=f"report:{report.sha256}", at=sealed_at or at), ""
    except (trust.NoCertificate, ports.HolderAway, ports.HolderRefuses, SigningError) as error:
        why = str(error)
        return render_report(report, name=name, as_of=as_of, at=at, unsealed_why=NO_SEAL), why


def sealed(pdf: bytes, agency_id: int, *, subject: str, at: datetime) -> bytes:
    """Return a paper of ours, its place-mark become the seal of the agency.

    Raises: NoCertificate, HolderAway, HolderRefuses, DocumentUnfit, WrongSignature.
    """
    certificate = trust.seal_of_agency(agency_id, at)
    if certificate is None:
        raise trust.NoCertificate("Cơ quan chưa có chứng thư con dấu dùng được; hãy báo quản trị.")
    locks = locks_of(_ALONE)
    base, der = with_fields(pdf, locks), bytes(certificate.der)
    order = Order(
        field_name=SEAL_FIELD,
        certificate=der,
        chain=trust.chain_of(der),
        at=at,
        permits=locks[SEAL_FIELD].permits,
        certifies=True,
        stamp=_picture(agency_id, field_sizes(base)[SEAL_FIELD], at),
    )
    half = halves.begin(base, order)
    holder = ports.token_holder(certificate.service_code)
    raw = holder.sign_many(certificate.key_ref, [half.attributes], half.digest)[0]
    done = halves.finish(base, half, raw, certificate=der, chain=order.chain)
    _note(subject, certificate.sha256, at=at)
    return done


@work.story
def _note(subject: str, sha256: str, *, at: datetime) -> None:
    """Leave a trace of what the seal was used for."""
    audit.record("signing.sealed_alone", subject, by=SYSTEM, at=at, detail={"certificate": sha256})


def _picture(agency_id: int, size: tuple[float, float], at: datetime) -> bytes | None:
    picture = trust.seal_picture_of(agency_id, local_day(at))
    if picture is None:
        return None
    return papers.render_image_stamp(
        picture.png, width_mm=picture.width_mm, height_mm=picture.height_mm, size=size
    )
