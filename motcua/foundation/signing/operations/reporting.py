"""The report of an examination as a paper, to be kept with the file it speaks of.

Source: docs/law/signatures.md
"""

from collections.abc import Iterator
from datetime import datetime

from pydantic import TypeAdapter

from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import Fact
from motcua.foundation.places import api as places
from motcua.foundation.signing.choices import DocumentKind, TurnRole
from motcua.foundation.signing.queries.policies import policy_for
from motcua.foundation.signing.rules.examining.report import Report, SignatureShown
from motcua.foundation.signing.rules.examining.told import clock, verdict_line
from motcua.foundation.trust import api as trust
from motcua.lib.clock import local_day

_REPORT = TypeAdapter(Report)
_FORMS = {"pdf": "PDF", "xml": "XML", "asic": "ASiC-E"}
_ALONE = (TurnRole.SEAL,)


def render_report(
    report: Report, *, name: str, as_of: datetime, at: datetime, has_fields: bool = False
) -> bytes:
    """Return the report as the province's paper; with fields, the place of its seal is marked.

    Raises: FontsMissing, LayoutBroken.
    """
    paper = paper_of(report, name=name, as_of=as_of, at=at)
    return papers.render_paper(paper, has_fields=has_fields)


def report_from(plain: object) -> Report:
    """Return a report as `Report.plain` wrote it. Raises: ValueError."""
    return _REPORT.validate_python(plain)


def paper_of(
    report: Report, *, name: str, as_of: datetime, at: datetime
) -> papers.VerificationReport:
    """Return the report as values to print."""
    return papers.VerificationReport(
        letterhead=_letterhead(at),
        file_name=name,
        sha256=report.sha256,
        facts=tuple(_about_file(report)),
        verdict=verdict_line(report.verdict),
        words=report.verdict.words,
        signatures=tuple(_signature(one) for one in report.signatures),
        unreadable=report.unreadable,
        warnings=report.warnings,
        examined_at=at,
        as_of=as_of,
    )


def issuer_id() -> int | None:
    """Return the agency that issues such reports: the one above all others."""
    agencies = organisation.tree().agencies()
    kinds = (organisation.AgencyKind.PROVINCE_COMMITTEE,)
    found = [one for one in agencies if one.kind in kinds] or [
        one for one in agencies if one.parent_id is None
    ]
    return found[0].id if found else None


def seals_by_itself(at: datetime) -> bool:
    """Say whether the province's seal is there and may sign what we make ourselves.

    The policy of reports of examinations says so: evidence is a report, too.
    """
    agency_id = issuer_id()
    if agency_id is None:
        return False
    return is_sealed_alone(agency_id, at) and trust.seal_of_agency(agency_id, at) is not None


def is_sealed_alone(agency_id: int, at: datetime) -> bool:
    """Say whether reports of an agency bear its seal and nothing else."""
    found = policy_for(DocumentKind.VERIFICATION, on=local_day(at), agency_id=agency_id)
    return found is not None and tuple(found.turns) == _ALONE


def _letterhead(at: datetime) -> papers.Letterhead:
    day, agency_id = local_day(at), issuer_id()
    if agency_id is None:
        return papers.Letterhead(superior="", issuer="Hệ thống một cửa", place="…", issued_on=day)
    agency = organisation.tree().agency(agency_id)
    found = places.place_on(agency.place_code, day) if agency.place_code else None
    return papers.Letterhead(
        superior="",
        issuer=organisation.name_of_agency(agency_id, on=day),
        place=found.name if found else agency.short_name or agency.name,
        issued_on=day,
    )


def _about_file(report: Report) -> Iterator[Fact]:
    yield Fact(name="Dạng, kích thước", value=f"{_FORMS.get(report.form, 'khác')}, {_size(report)}")
    if report.pages:
        yield Fact(name="Số trang", value=f"{report.pages}")
    read, unread = len(report.signatures), len(report.unreadable)
    yield Fact(name="Số chữ ký", value=f"{read} đọc được, {unread} không đọc được")


def _size(report: Report) -> str:
    return f"{report.size:,} byte".replace(",", ".")


def _signature(one: SignatureShown) -> papers.VerifiedSignature:
    name = one.signer or "Không rõ tên"
    return papers.VerifiedSignature(
        name=f"{name} – {one.role}" if one.role else name,
        verdict=verdict_line(one.verdict),
        words=one.verdict.words,
        facts=tuple(Fact(name=name, value=value) for name, value in _facts(one)),
        changes=one.changes,
        warnings=one.warnings,
    )


def _facts(one: SignatureShown) -> Iterator[tuple[str, str]]:
    """Yield all that is known of a signature, in the order of the report's fields."""
    yield "Tổ chức", one.organisation or "không ghi"
    yield "Ô hoặc mã của chữ ký", one.field_name
    yield "Giờ ghi trong chữ ký", clock(one.claimed_at)
    proven = f"{clock(one.proven_at)}, theo {one.proven_by}" if one.proven_at else "không có"
    yield "Giờ được chứng minh", proven
    yield "Nơi cấp chứng thư", one.issuer
    yield "Có tin nơi cấp không", one.trust.why
    yield "Số sê-ri", one.serial
    yield "Dấu vân tay chứng thư", one.certificate_sha256
    span = f"từ {clock(one.valid_from)} đến {clock(one.valid_to)}"
    yield "Hiệu lực của chứng thư", span
    yield "Chứng thư lúc ký", one.then
    yield "Chứng thư lúc xét", one.now
    yield "Dạng, thuật toán", f"{one.level or 'dạng khác'}; {one.algorithm}"
    yield "Chữ ký bao phủ", one.covers
