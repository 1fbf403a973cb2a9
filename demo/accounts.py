"""Accounts for the people of the stories: all with one password, which the demo prints."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people import api as people
from motcua.foundation.people.api import MemberRole, Sex
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from . import mandates
from .applicants import Applicant
from .cast import gather
from .organisation import NAMED
from .places import REFORM_DAY

PASSWORD = "Mot-cua-Dien-Bien-2026"  # noqa: S105 -- printed at every start; nobody's secret
TOTP_SECRET = "MOTCUADIENBIENTINHMAUDEMOCODE234"  # noqa: S105 -- as public as the password
ADMINISTRATOR = "quantri"
DESK_OF_THE_WARD = "H18.101-02"
OWN_COMMUNE = "phường Điện Biên Phủ"


@dataclass(frozen=True, slots=True)
class Player:
    """An officer one can sign in as, and what to try then."""

    username: str
    post_code: str
    place: str
    tries: str

    @property
    def name(self) -> str:
        """Return who sits there."""
        return NAMED[self.post_code]


HEAD_OF_THE_DESK, SECOND_SEAT = "H18.101-01", "H18.01-09"

OFFICERS = (
    Player(
        "binh",
        "H18.101-02",
        "một cửa phường Điện Biên Phủ",
        "tiếp nhận; quầy thu; ghi lời người xem bản nháp; trả kết quả",
    ),
    Player("lien", HEAD_OF_THE_DESK, "trưởng một cửa phường", "sửa tiếp nhận, sổ, hai nơi làm"),
    Player(
        "hanh",
        "H18.101.VP-02",
        "tư pháp – hộ tịch phường",
        "thẩm định, bổ sung; hỏi nơi cư trú cũ; trả lời xã khác hỏi",
    ),
    Player(
        "thang",
        "H18.101.KT-02",
        "phòng kinh tế phường",
        "hẹn thực địa, niêm yết, chờ thuế, phôi, mã số thuế",
    ),
    Player("nga", "H18.101.VHXH-02", "phòng văn hóa – xã hội phường", "trợ cấp xã hội"),
    Player(
        "minh",
        "H18.101.VP-01",
        "chánh văn phòng phường",
        "duyệt, phân công; xin lỗi vì nơi được hỏi chậm; lịch tuần",
    ),
    Player(
        "van", "H18.101.VP-03", "văn thư phường", "đăng ký đến, cấp số, đóng dấu, gửi, sổ, lưu trữ"
    ),
    Player("huong", "H18.101.KT-01", "trưởng phòng kinh tế phường", "duyệt, ký hộ kinh doanh"),
    Player("phuong", "H18.101.VHXH-01", "trưởng phòng văn hóa – xã hội", "duyệt trợ cấp xã hội"),
    Player(
        "hoa",
        "H18.101.LD-01",
        "chủ tịch UBND phường",
        "ký một hoặc nhiều hồ sơ; chỉ đạo, giao nhiệm vụ; duyệt hoàn tiền",
    ),
    Player("khoa", "H18.101.LD-02", "phó chủ tịch UBND phường", "ký thay (KT.) chủ tịch"),
    Player("thom", "H18.101.TV-01", "kế toán phường", "sổ quỹ, giải trình, đối soát, biên lai"),
    Player("dung", "H18.135-02", "một cửa một xã khác", "không thấy hồ sơ phường; ca quên đóng"),
    Player("yen", "H18.01-02", "một cửa của tỉnh", "nhận hồ sơ của các sở"),
    Player("ngan", "H18.01.TV-01", "kế toán Văn phòng UBND tỉnh", "sổ quỹ của trung tâm tỉnh"),
    Player("long", "H18.07.P1-02", "Sở Xây dựng", "thẩm định phù hiệu xe"),
    Player("oanh", "H18.07.LD-01", "giám đốc Sở Xây dựng", "ký phù hiệu xe"),
    Player("tien", "H18.02.P1-02", "Sở Nội vụ", "thẩm định trợ cấp thờ cúng liệt sĩ xã đề nghị"),
    Player("diu", "H18.02.LD-01", "giám đốc Sở Nội vụ", "ký quyết định trợ cấp thờ cúng"),
    Player(
        "vinh",
        "H18.06.01.P1-02",
        "Văn phòng Đăng ký đất đai",
        "ghi hồ sơ đã đến, thế chấp, sang tên, tách thửa",
    ),
    Player("dat", "H18.06.01.P2-02", "đo đạc, Văn phòng Đăng ký đất đai", "biên bản đo tách thửa"),
    Player("quy", "H18.06.01.LD-01", "giám đốc Văn phòng Đăng ký đất đai", "ký, gia hạn thế chấp"),
    Player("thu", "H18.06.P1-02", "thú y, Sở NN&MT", "kiểm tra cửa hàng, chứng chỉ thú y"),
    Player("thuy", "H18.06.P3-02", "tài nguyên nước, Sở NN&MT", "giấy phép nước, hỏi nhiều nơi"),
    Player("giang", "H18.06.LD-01", "giám đốc Sở NN&MT", "ký chứng chỉ, trình UBND tỉnh"),
    Player("pao", "H18.101.TCN-01", "tổ công nghệ số bản Noong Bua", "nộp hồ sơ giúp bà con"),
    Player("sat", "H18.01.KS-02", "kiểm soát thủ tục hành chính", "theo dõi toàn tỉnh"),
    Player("tam", "H18.TH-01", "khối tổng hợp UBND tỉnh", "soạn chỉ đạo gửi 45 xã, phường"),
    Player("son", "H18.LD-02", "phó chủ tịch UBND tỉnh", "ký chỉ đạo, cho ý kiến"),
    Player("cuc", "H18.VT-01", "văn thư UBND tỉnh", "cấp số, gửi, theo dõi từng nơi, thu hồi"),
    Player("sinh", "H18.135.VP-03", "văn thư một xã khác", "nhận, trả lời yêu cầu thu hồi"),
    Player("chu", "H18.135.LD-01", "chủ tịch UBND xã ấy", "cho ý kiến trên văn bản đến"),
    Player(ADMINISTRATOR, "H18.08.CDS-02", "Trung tâm Chuyển đổi số", "quản trị (cần mã 6 số)"),
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A citizen one can sign in as."""

    email: str
    phone: str
    facts: people.PersonFacts
    tries: str


LAN = Neighbour(
    "lan@dienbien.example",
    "0912000001",
    people.PersonFacts(
        full_name="Lò Thị Lan",
        personal_id="011198000123",
        birth_date=date(1998, 5, 12),
        sex=Sex.FEMALE,
        phone="0912000001",
        email="lan@dienbien.example",
        address="Bản Noong Bua, phường Điện Biên Phủ",
    ),
    "nộp, bổ sung, xem bản nháp khai sinh, nộp tiền sử dụng đất, nhận kết quả",
)
KHANH = Neighbour(
    "khanh@dienbien.example",
    "0912000002",
    people.PersonFacts(
        full_name="Nguyễn Văn Khánh",
        personal_id="011085000456",
        birth_date=date(1985, 9, 3),
        sex=Sex.MALE,
        phone="0912000002",
        email="khanh@dienbien.example",
        address="Tổ dân phố 5, phường Điện Biên Phủ",
    ),
    "chủ doanh nghiệp vận tải: lệ phí hộ kinh doanh, phù hiệu nhiều xe",
)
DE = Neighbour(
    "de@dienbien.example",
    "0912000003",
    people.PersonFacts(
        full_name="Giàng A Dế",
        personal_id="011079000789",
        birth_date=date(1979, 2, 8),
        sex=Sex.MALE,
        phone="0912000003",
        email="de@dienbien.example",
        address="Bản Noong Bua, phường Điện Biên Phủ",
    ),
    "đọc mã cho pao làm giúp; xem, rút lại ở “Người làm thay tôi”",
)
HA = Neighbour(
    "ha@dienbien.example",
    "0912000004",
    people.PersonFacts(
        full_name="Trần Thu Hà",
        personal_id="011188000321",
        birth_date=date(1988, 7, 19),
        sex=Sex.FEMALE,
        phone="0912000004",
        email="ha@dienbien.example",
        address="Tổ dân phố 3, phường Điện Biên Phủ",
    ),
    "giám đốc công ty dịch vụ, đại diện ba khách hàng; thêm, cho thôi người",
)
DUY = Neighbour(
    "duy@dienbien.example",
    "0912000005",
    people.PersonFacts(
        full_name="Phạm Đức Duy",
        personal_id="011095000654",
        birth_date=date(1995, 12, 1),
        sex=Sex.MALE,
        phone="0912000005",
        email="duy@dienbien.example",
        address="Tổ dân phố 3, phường Điện Biên Phủ",
    ),
    "nhân viên công ty ấy: chọn khách hàng rồi nộp, theo dõi hồ sơ",
)
NGOC = Neighbour(
    "ngoc@nganhang.example",
    "0912000006",
    people.PersonFacts(
        full_name="Trần Thị Ngọc",
        personal_id="011188000789",
        birth_date=date(1988, 2, 20),
        sex=Sex.FEMALE,
        phone="0912000006",
        email="ngoc@nganhang.example",
        address="Tổ dân phố 2, phường Điện Biên Phủ",
    ),
    "quản lý tài khoản của ngân hàng: thêm, bỏ nhân viên; rút hồ sơ",
)
TUAN = Neighbour(
    "tuan@nganhang.example",
    "0912000007",
    people.PersonFacts(
        full_name="Lê Anh Tuấn",
        personal_id="011095000321",
        birth_date=date(1995, 11, 8),
        sex=Sex.MALE,
        phone="0912000007",
        email="tuan@nganhang.example",
        address="Tổ dân phố 7, phường Điện Biên Phủ",
    ),
    "nhân viên ngân hàng: nộp, làm tiếp hồ sơ thế chấp của đồng nghiệp",
)
CITIZENS = (LAN, KHANH, DE, HA, DUY, NGOC, TUAN)
BANK = people.EnterpriseFacts(
    tax_code="5699000021",
    name="Ngân hàng mẫu, chi nhánh Điện Biên",
    address="Tổ dân phố 2, phường Điện Biên Phủ",
)
COMPANY = people.EnterpriseFacts(
    tax_code="5699000014",
    name="Công ty TNHH Vận tải Khánh Điện Biên (mẫu)",
    address="Tổ dân phố 5, phường Điện Biên Phủ",
)

MEMBERS = (
    (KHANH.email, COMPANY, MemberRole.REPRESENTATIVE),
    (NGOC.email, BANK, MemberRole.MANAGER),
    (TUAN.email, BANK, MemberRole.STAFF),
)


def open_accounts(*, by: Actor, at: datetime) -> None:
    """Open what accounts are missing; a second time does nothing."""
    cast = gather(at)
    for player in OFFICERS:
        if identity.find_account(player.username) is None:
            seat = next(seat for seat in cast.seats if seat.post_code == player.post_code)
            open_officer(player, seat, by=by, at=at)
    for neighbour in CITIZENS:
        if identity.find_account(neighbour.email) is None:
            _open_citizen(neighbour, by=cast.at_post(DESK_OF_THE_WARD), at=at)
    _give_second_seat(by=by, at=at)
    for email, body, role in MEMBERS:
        _give_body(email, body, role, by=cast.at_post(DESK_OF_THE_WARD), at=at)
    sides = mandates.Sides(
        desk_head=cast.at_post(HEAD_OF_THE_DESK),
        members=(HA.email, DUY.email),
        clients=((LAN.email, ""), (DE.email, ""), (KHANH.email, COMPANY.tax_code)),
    )
    mandates.let_act(sides, by=cast.at_post(DESK_OF_THE_WARD), at=at)
    protect(ADMINISTRATOR)


def open_officer(player: Player, seat: organisation.Seat, *, by: Actor, at: datetime) -> None:
    """Open the account of somebody with a seat."""
    account, _ = identity.create_officer_account(
        seat.officer_id or 0, player.username, by=by, at=at
    )
    identity.change_password(account, PASSWORD, session_key="", at=at)


def _open_citizen(neighbour: Neighbour, *, by: Actor, at: datetime) -> None:
    """Open the account of a citizen whom the desk has seen."""
    facts = neighbour.facts
    account = identity.open_citizen_account(
        identity.SignUp(facts.full_name, PASSWORD, neighbour.email, neighbour.phone), at=at
    )
    EmailAddress.objects.create(user=account, email=neighbour.email, verified=True, primary=True)
    person = people.remember_person(facts, by=by, at=at)
    desk_unit_id = by.unit_ids[0]
    identity.confirm_person(account.pk, person.pk, desk_unit_id=desk_unit_id, by=by, at=at)


def _give_second_seat(*, by: Actor, at: datetime) -> None:
    """Let Liên sit at the desk of the province too, so that she has a place to choose."""
    unit, officer = organisation.tree().unit_by_code("H18.01"), identity.find_account("lien")
    if unit is None or officer is None or organisation.find_post(SECOND_SEAT) is not None:
        return
    term = organisation.Term(REFORM_DAY)
    title, role = "Công chức tiếp nhận (kiêm nhiệm)", organisation.PostRole.DESK_OFFICER
    facts = organisation.PostFacts(unit.id, title, role, SECOND_SEAT)
    post = organisation.add_post(facts, term, by=by, at=at)
    organisation.fill_post(post.pk, officer.officer_id or 0, term, by=by, at=at)


def _give_body(
    email: str, body: people.EnterpriseFacts, role: MemberRole, *, by: Actor, at: datetime
) -> None:
    """Let a citizen act for a company or a bank."""
    facts = next(one.facts for one in CITIZENS if one.email == email)
    account = identity.find_account(email)
    person_id = account.person_id if account else None
    if person_id is None or people.memberships_of(person_id, on=local_day(at)):
        return
    enterprise = people.remember_enterprise(body, by=by, at=at)
    member = access.NewMember(facts.full_name, facts.personal_id, role)
    access.admit_member(enterprise.pk, member, by=by, at=at)


def protect(username: str) -> None:
    """Give an account the second factor that is asked of administrators and of partners."""
    account = identity.find_account(username)
    if account is not None and not identity.has_second_factor(account.pk):
        TOTP.activate(account, TOTP_SECRET)
        RecoveryCodes.activate(account)


def administrator_codes() -> Iterator[str]:
    """Yield the administrator's unused recovery codes; each signs in once."""
    account = identity.find_account(ADMINISTRATOR)
    kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES)
    for one in kept:
        yield from RecoveryCodes(one).get_unused_codes()


def administrator_code_now() -> str:
    """Return the six digits an authenticator would show at this moment; nothing without a demo."""
    account = identity.find_account(ADMINISTRATOR)
    if account is None or not identity.has_second_factor(account.pk):
        return ""
    counters = sorted(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(TOTP_SECRET, counters[len(counters) // 2])))


def as_applicant(neighbour: Neighbour) -> Applicant:
    """Return a citizen with an account as somebody who applies."""
    account = identity.find_account(neighbour.email)
    facts = neighbour.facts
    return Applicant(
        name=facts.full_name,
        birth_date=facts.birth_date or REFORM_DAY,
        address=facts.address,
        phone=facts.phone,
        person_id=account.person_id if account else None,
        account_id=account.pk if account else None,
        number_hint=facts.personal_id[-3:],
    )
