"""Papers to sign, and their signatures made without a database."""

from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from motcua.foundation.access.api import Power
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, PostRole, forget_tree
from motcua.foundation.organisation.api import Level as AgencyLevel
from motcua.foundation.organisation.tests.make import make_agency, make_officer, make_post, root_of
from motcua.foundation.papers import api as papers
from motcua.foundation.signing.choices import DocumentKind, InitialBy, Level, TurnRole
from motcua.foundation.signing.models import ReportPaper, SigningRequest
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.examining import world_at
from motcua.foundation.signing.operations.lifting import keep_lifted
from motcua.foundation.signing.operations.own_carrying import carry_own
from motcua.foundation.signing.operations.policies import PolicyIn, set_policy
from motcua.foundation.signing.operations.report_papers import MOST_WAITING
from motcua.foundation.signing.operations.requesting import (
    TurnIn,
    Wanted,
    new_token,
    request_signatures,
)
from motcua.foundation.signing.operations.sealing_reports import seal_reports
from motcua.foundation.signing.operations.sealing_xml import seal_documents
from motcua.foundation.signing.operations.sending import send_on
from motcua.foundation.signing.operations.turns import begin_attempt
from motcua.foundation.signing.ports import let_seal_xml
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.signing.rules.fitting import why_unfit
from motcua.foundation.signing.rules.halves import Half, Order, Value, begin, finish
from motcua.foundation.signing.rules.order import DAY, NUMBER, field_names, locks_of
from motcua.foundation.signing.rules.places import with_fields
from motcua.foundation.signing.rules.sizes import field_sizes
from motcua.foundation.trust.tests.make import (
    MONDAY,
    QUANG,
    Pair,
    make_between,
    make_leaf,
    make_server_certificate,
    make_trusted_world,
)
from motcua.lib.actor import Actor

from .foreign import make_decision, make_scan
from .own import PUSH, REMOTE, FakePhone, begin_here, carry, open_services
from .returned import drawn_over, sign_by_command
from .services import PIN, FakeService, make_outside_certificate, sign_by_device

__all__ = [
    "BOTH",
    "PIN",
    "PUSH",
    "REMOTE",
    "FakePhone",
    "FakeService",
    "begin_here",
    "carry",
    "carry_own",
    "drawn_over",
    "examined_here",
    "fill_report_queue",
    "make_asked",
    "make_decision",
    "make_drafted",
    "make_half",
    "make_leader",
    "make_lifted",
    "make_outside_certificate",
    "make_paper",
    "make_policy",
    "make_prepared",
    "make_request",
    "make_scan",
    "make_signed",
    "make_values",
    "open_services",
    "raw_signature",
    "reports_kept",
    "run_signer",
    "seal_reports",
    "seal_xml_here",
    "sign_by_command",
    "sign_by_device",
    "why_unfit",
]

PROVINCE = "UBND tỉnh Điện Biên"
BOTH = (TurnRole.LEADER, TurnRole.SEAL)
_HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}


def make_paper(**changes: Any) -> papers.OutcomePaper:
    """Return a dull certificate of marital status, to be signed by Hoa."""
    values: dict[str, Any] = {
        "letterhead": papers.Letterhead(
            superior="Ủy ban nhân dân tỉnh Điện Biên",
            issuer="Ủy ban nhân dân xã Mường Phăng",
            place="Mường Phăng",
            issued_on=date(2026, 3, 2),
            notation="G15",
        ),
        "kind": "Giấy xác nhận tình trạng hôn nhân",
        "subject": "Cấp giấy xác nhận tình trạng hôn nhân",
        "body": (papers.Article(text="Xác nhận bà Lò Thị Lan chưa đăng ký kết hôn với ai."),),
        "signer": papers.Signer(title="Chủ tịch", name="Nguyễn Thị Hoa"),
        "recipients": ("Lò Thị Lan", "Lưu hồ sơ"),
        "check_url": "https://mot-cua.example.vn/giay/abc/",
    }
    return papers.OutcomePaper(**{**values, **changes})


def make_drafted(initials: int = 0) -> bytes:
    """Return the paper as the press makes it, with marks in place of fields."""
    return papers.render_outcome_pdf(make_paper(), has_fields=True, initials=initials)


def make_prepared(roles: tuple[TurnRole, ...] = BOTH) -> bytes:
    """Return the paper with its fields."""
    return with_fields(make_drafted(roles.count(TurnRole.INITIAL)), locks_of(roles))


def make_signed(  # noqa: PLR0913 -- one keyword for each thing a test may vary
    pdf: bytes,
    pair: Pair,
    role: TurnRole,
    *,
    roles: tuple[TurnRole, ...] = BOTH,
    number: int = 0,
    at: datetime = MONDAY,
    chain: tuple[bytes, ...] = (),
) -> bytes:
    """Return the paper with one signature more; the seal fills number and day."""
    above = chain or (make_between().der,)
    half = make_half(pdf, pair, role, roles=roles, number=number, at=at, chain=above)
    raw = raw_signature(pair, half.attributes)
    return finish(pdf, half, raw, certificate=pair.der, chain=above)


def make_half(  # noqa: PLR0913 -- one keyword for each thing a test may vary
    pdf: bytes,
    pair: Pair,
    role: TurnRole,
    *,
    roles: tuple[TurnRole, ...] = BOTH,
    number: int = 0,
    at: datetime = MONDAY,
    chain: tuple[bytes, ...] = (),
) -> Half:
    """Return a signature half made."""
    name = field_names(roles)[roles.index(role)]
    order = Order(
        field_name=name,
        certificate=pair.der,
        chain=chain or (make_between().der,),
        at=at,
        permits=locks_of(roles)[name].permits,
        certifies=roles.index(role) == 0,
        values=make_values(pdf, number) if number else {},
    )
    return begin(pdf, order)


def make_values(pdf: bytes, number: int) -> dict[str, Value]:
    """Return number and day as the seal writes them."""
    words = {NUMBER: f"{number:02d}", DAY: "ngày 02 tháng 3 năm 2026"}
    sizes = field_sizes(pdf)
    return {
        name: Value(text, papers.render_value(text, size=sizes[name], is_italic=name == DAY))
        for name, text in words.items()
    }


def raw_signature(pair: Pair, content: bytes, digest: str = "sha256") -> bytes:
    """Return what the holder of the key answers."""
    algorithm = _HASHES[digest]
    if isinstance(pair.key, rsa.RSAPrivateKey):
        return pair.key.sign(content, padding.PKCS1v15(), algorithm)
    return pair.key.sign(content, ec.ECDSA(algorithm))


def make_policy(
    *,
    is_required: bool = False,
    valid_from: date = date(2026, 1, 1),
    agency_id: int = 0,
    initials: tuple[InitialBy, ...] = (),
) -> None:
    """Let outcomes be signed by the leader, after the initials, then numbered and sealed."""
    given = PolicyIn(
        DocumentKind.OUTCOME,
        Level.B_B,
        (*[TurnRole.INITIAL] * len(initials), *BOTH),
        is_required,
        valid_from,
        agency_id=agency_id,
        initials=initials,
    )
    set_policy(given, by=QUANG, at=MONDAY)


def run_signer(at: datetime = MONDAY) -> int:
    """Do what the signer's process does; return how many attempts were worked on."""
    return carry_on(at=at) + send_on(at=at)


def make_leader() -> Actor:
    """Return Hoa with an account and a certificate, in an agency that has a seal and a clerk."""
    make_trusted_world()
    agency = make_agency("H18.101", "UBND xã Mường Phăng")
    organisation.forget_tree()
    root = root_of(agency)
    account = make_officer_account("Nguyễn Thị Hoa", username="hoa")
    make_post(root, PostRole.AGENCY_LEADER, holder=account.officer)
    make_post(root, PostRole.REGISTRY_CLERK, holder=make_officer("Tòng Thị Vân", code="VT1"))
    make_server_certificate("Nguyễn Thị Hoa", officer_id=account.officer_id)
    make_server_certificate("UBND xã Mường Phăng", agency_id=agency.pk)
    units = frozenset({root.pk})
    powers = {Power.SIGN_DOCUMENTS: units, Power.SEAL_DOCUMENTS: units}
    return Actor(
        account.pk,
        "Nguyễn Thị Hoa",
        title="Chủ tịch",
        agency_id=agency.pk,
        unit_ids=(root.pk,),
        powers=powers,  # type: ignore[arg-type]  # -- a power is a string
    )


def make_request(hoa: Actor, *, owner: str = "test:1") -> SigningRequest:
    """Return a request for Hoa's signature and the seal of her agency."""
    unit_id = hoa.unit_ids[0]
    turns = (
        TurnIn(TurnRole.LEADER, unit_id, hoa.id, hoa.name, hoa.title),
        TurnIn(TurnRole.SEAL, unit_id),
    )
    wanted = Wanted(
        kind=DocumentKind.OUTCOME,
        owner=owner,
        title="Giấy xác nhận",
        about="thử",
        pdf=make_drafted(),
        agency_id=hoa.agency_id or 0,
        unit_id=unit_id,
        turns=turns,
        level=Level.B_B,
        token=new_token(),
        number_series=f"outcome:{hoa.agency_id}",
        notation="G15",
    )
    return request_signatures(wanted, by=hoa, at=MONDAY)


def make_asked() -> SigningRequest:
    """Return a request that Hoa's certificate is to sign, at Monday."""
    hoa = make_leader()
    request = make_request(hoa)
    begin_attempt(request.code, by=hoa, at=MONDAY)
    return request


def make_lifted(content: bytes, *, at: datetime) -> None:
    """Let the only request have such a lifted version."""
    request = SigningRequest.objects.get()
    keep_lifted(request.pk, request.latest_seq, content, at=at)


def make_sealed_paper() -> bytes:
    """Return the paper signed by Hoa, then numbered 15 and sealed."""
    leader = make_signed(make_prepared(), make_leaf("Nguyễn Thị Hoa"), TurnRole.LEADER)
    return make_signed(leader, make_leaf("UBND xã Mường Phăng"), TurnRole.SEAL, number=15)


def make_province(*, has_seal: bool) -> None:
    """Let the province's reports bear its seal alone; whether there is a seal is another matter."""
    make_trusted_world()
    kind = AgencyKind.PROVINCE_COMMITTEE
    agency = make_agency("H18", PROVINCE, kind=kind, level=AgencyLevel.PROVINCE, place_code="11")
    forget_tree()
    if has_seal:
        make_server_certificate(PROVINCE, agency_id=agency.pk)
    given = PolicyIn(
        kind=DocumentKind.VERIFICATION,
        level=Level.B_B,
        turns=(TurnRole.SEAL,),
        is_required=False,
        valid_from=date(2026, 1, 1),
    )
    set_policy(given, by=QUANG, at=MONDAY)


def reports_kept() -> int:
    """Return how many reports visitors asked to keep."""
    return ReportPaper.objects.count()


def fill_report_queue() -> None:
    """Let as many reports wait for the seal as may."""
    for place in range(MOST_WAITING):
        ReportPaper.objects.create(
            token=f"{place}",
            mark=f"{place}",
            report={},
            as_of=MONDAY,
            asked_at=MONDAY,
            next_try_at=MONDAY,
        )


def seal_xml_here() -> None:
    """Let this process seal XML, as the signer's does."""
    let_seal_xml(seal_documents)


def examined_here(content: bytes, *, at: datetime) -> Report:
    """Return what the signatures of a file are worth, without a process of its own."""
    return examine_file(content, world_at(at))
