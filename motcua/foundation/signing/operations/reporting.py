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
from motcua.foundation.signing.rules.examining.words import clean
from motcua.foundation.trust import api as trust
from motcua.lib.clock import local_day

_REPORT = TypeAdapter(Report)
_FORMS = {"pdf": "PDF", "xml": "XML", "asic": "ASiC-E"}
_ALONE = (TurnRole.SEAL,)
LONGEST_NAME = 120
NOT_ASKED_FOR = "tỉnh chưa đặt chính sách đóng dấu điện tử loại biên bản này"
NO_SEAL = "con dấu điện tử của tỉnh hiện không dùng được"


def render_report(
    report: Report, *, name: str, as_of: datetime, at: datetime, unsealed_why: str = ""
) -> bytes:
    """Return the report as the province's paper without a seal, which says why it has none.

    Raises: FontsMissing, LayoutBroken.
    """
    paper = paper_of(report, name=name, as_of=as_of, at=at, unsealed_why=unsealed_why)
    return papers.render_paper(paper)


def render_for_seal(report: Report, *, name: str, as_of: datetime, at: datetime) -> bytes:
    """Return the report as the province's paper on which the place of its seal is marked.

    Raises: FontsMissing, LayoutBroken.
    """
    return papers.render_paper(paper_of(report, name=name, as_of=as_of, at=at), has_fields=True)


def report_from(plain: object) -> Report:
    """Return a report as `Report.plain` wrote it. Raises: ValueError."""
    return _REPORT.validate_python(plain)


def paper_of(
    report: Report, *, name: str, as_of: datetime, at: datetime, unsealed_why: str = ""
) -> papers.VerificationReport:
    """Return the report as values to print.

    The name of the file is a stranger's: no more of it than is needed to know the file again.
    """
    return papers.VerificationReport(
        letterhead=_letterhead(at),
        file_name=clean(name)[:LONGEST_NAME],
        sha256=report.sha256,
        facts=tuple(_about_file(report)),
        verdict=verdict_line(report.verdict),
        words=report.verdict.words,
        signatures=tuple(_signature(one) for one in report.signatures),
        unreadable=report.unreadable,
        warnings=report.warnings,
        examined_at=at,
        as_of=as_of,
        unsealed_why=unsealed_why,
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
    return not why_unsealed(at)


def why_unsealed(at: datetime) -> str:
    """Return why reports bear no seal here, nothing where they do. Costs: three queries."""
    agency_id = issuer_id()
    if agency_id is None or not is_sealed_alone(agency_id, at):
        return NOT_ASKED_FOR
    return "" if trust.seal_of_agency(agency_id, at) is not None else NO_SEAL


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
    if report.asked:
        yield Fact(name="Đã hỏi nơi cấp", value=" ".join(report.asked))
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
    for held in one.certificates:
        source = f", theo {held.known_by}" if held.known_by else ""
        yield f"“{held.name}” ({held.role})", f"lúc ký {held.then}; lúc xét {held.now}{source}"
    yield "Dạng, thuật toán", f"{one.level or 'dạng khác'}; {one.algorithm}"
    yield "Chữ ký bao phủ", one.covers
