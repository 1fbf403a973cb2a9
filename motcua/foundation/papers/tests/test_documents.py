"""Administrative documents: what each kind must say, and how it is numbered and signed."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import DocumentKind as K
from motcua.foundation.papers.rules.document_values import document_values, roman
from motcua.foundation.papers.rules.profiles import style_of

from .make_documents import BINH, HOA, make_document, make_head
from .test_word_setting import marks_in

PARTY = papers.LayoutProfile.PARTY
every_kind = pytest.mark.parametrize("kind", K, ids=lambda kind: kind.name.lower())


def words_of(document: papers.AdministrativeDocument) -> str:
    pdf = PdfReader(io.BytesIO(papers.render_document(document)))
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_the_law_has_twenty_nine_kinds() -> None:
    assert [int(kind) for kind in K] == list(range(1, 30))


@pytest.mark.parametrize(
    ("kind", "profile", "notation", "number"),
    [
        (K.DECISION, "government", "QĐ-UBND", "07/QĐ-UBND"),
        (K.REGULATION, "government", "QyĐ-UBND", "07/QyĐ-UBND"),
        (K.OFFICIAL_LETTER, "government", "UBND-NC", "07/UBND-NC"),
        (K.PUBLIC_LETTER, "government", "UBND-NC", "07/UBND-NC"),
        (K.DECISION, "party", "QĐ/UBND", "07-QĐ/UBND"),
        (K.OFFICIAL_LETTER, "party", "CV/UBND", "07-CV/UBND"),
        (K.RESOLUTION, "peoples_council", "NQ-UBND", "07/NQ-UBND"),
    ],
)
def test_number_and_notation_follow_kind_and_profile(
    kind: K, profile: str, notation: str, number: str
) -> None:
    made = papers.notation_of(kind, "UBND", "NC", profile)

    assert (made, papers.number_words(7, made, profile)) == (notation, number)


@pytest.mark.parametrize(
    ("capacity", "profile", "words"),
    [
        ("KT", "government", "KT. Chủ tịch"),
        ("TUQ", "government", "TUQ. Chủ tịch"),
        ("Q", "government", "Q. Chủ tịch"),
        ("KT", "party", "K/T Chủ tịch"),
        ("", "government", ""),
    ],
)
def test_who_signs_in_whose_place_is_said_as_the_profile_asks(
    capacity: str, profile: str, words: str
) -> None:
    assert papers.capacity_words(capacity, "Chủ tịch", profile) == words


@every_kind
@pytest.mark.parametrize("profile", papers.LayoutProfile)
def test_every_kind_can_be_printed_by_the_rules_of_every_profile(
    kind: K, profile: papers.LayoutProfile
) -> None:
    document = make_document(kind, profile=profile)

    assert style_of(profile).banner.upper() in words_of(document)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"subject": ""}, "trích yếu"),
        ({"authority": ""}, "thẩm quyền ban hành"),
        ({"body": ()}, "nội dung"),
        ({"signers": ()}, "người ký"),
        ({"signers": (papers.Signer(title="Chủ tịch", name=""),)}, "người ký"),
        ({"letterhead": make_head(issuer="")}, "tên cơ quan ban hành"),
    ],
)
def test_what_a_decision_lacks_is_named(changes: dict[str, Any], missing: str) -> None:
    with pytest.raises(papers.PaperIncomplete, match=f"còn thiếu: {missing}"):
        papers.render_document(replace(make_document(), **changes))


@pytest.mark.parametrize("kind", [K.MINUTES, K.CONTRACT, K.MEMORANDUM, K.AGREEMENT])
def test_what_two_sides_sign_needs_two_signers(kind: K) -> None:
    with pytest.raises(papers.PaperIncomplete, match="người ký thứ hai"):
        papers.render_document(make_document(kind, signers=(HOA,)))


def test_a_statute_names_the_decision_that_issues_it() -> None:
    with pytest.raises(papers.PaperIncomplete, match="văn bản ban hành kèm theo"):
        papers.render_document(make_document(K.STATUTE, attached_to=""))


def test_a_draft_may_lack_what_it_must_say_later_and_is_marked() -> None:
    draft = make_document(subject="", authority="", signers=(), is_draft=True)

    assert "DỰ THẢO" in words_of(draft)


def test_without_number_and_day_blanks_are_left() -> None:
    head = make_head(number=None)

    said = words_of(make_document(letterhead=head, is_dated=False))

    assert "Số: ……/QĐ-UBND" in said
    assert "Điện Biên, ngày …… tháng …… năm 2026" in said


@pytest.mark.parametrize("issuer", ["UBND xã Mường Phăng", "Ủy ban nhân dân xã Mường Phăng"])
def test_who_issues_is_named_in_full(issuer: str) -> None:
    said = words_of(make_document(letterhead=make_head(issuer=issuer)))

    assert said.startswith("ỦY BAN NHÂN DÂN XÃ MƯỜNG PHĂNG")


def test_a_text_ends_with_the_mark_of_its_end_once() -> None:
    plain = make_document(body="Điều 1. Có hiệu lực kể từ ngày ký.")
    marked = make_document(body="Điều 1. Có hiệu lực kể từ ngày ký./.")
    party = make_document(body="Điều 1. Có hiệu lực kể từ ngày ký.", profile=PARTY)

    counted = [words_of(one).count("ngày ký./.") for one in (plain, marked, party)]

    assert counted == [1, 1, 0]


def test_the_party_has_its_own_head_and_ways_of_writing() -> None:
    signer = papers.Signer(
        capacity=papers.capacity_words("TM", "Ban Thường vụ", PARTY), title="Bí thư", name="Hoa"
    )
    head = make_head(issuer="Tỉnh ủy Điện Biên", notation="QĐ/TU")
    said = words_of(
        make_document(profile=PARTY, letterhead=head, signers=(signer,), recipients=("A", "B"))
    )

    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in said
    assert "CỘNG HÒA" not in said
    assert "Số 07-QĐ/TU" in said
    assert "T/M BAN THƯỜNG VỤ BÍ THƯ Hoa" in said
    assert "- A, - B." in said


def test_with_fields_the_places_that_signing_needs_are_marked() -> None:
    pdf = papers.render_document(make_document(), has_fields=True, initials=2)

    initials = ["SIG_INITIAL_1", "SIG_INITIAL_2"]
    assert marks_in(pdf) == ["so", "ngay", *initials, "SIG_LEADER_1", "SIG_ORG"]


@pytest.mark.parametrize(
    ("kind", "places"),
    [
        (K.MINUTES, ["so", "SIG_LEADER_1", "SIG_LEADER_2", "SIG_ORG"]),
        (K.CONTRACT, ["so", "ngay", "SIG_LEADER_1", "SIG_ORG", "SIG_LEADER_2"]),
        (K.STATUTE, ["SIG_LEADER_1", "SIG_ORG"]),
        (K.PUBLIC_LETTER, ["ngay", "SIG_LEADER_1", "SIG_ORG"]),
    ],
)
def test_the_seal_goes_to_the_side_of_the_agency(kind: K, places: list[str]) -> None:
    signers = (BINH, HOA) if papers.form_of(kind).signers > 1 else (HOA,)

    pdf = papers.render_document(make_document(kind, signers=signers), has_fields=True)

    assert marks_in(pdf) == places


def test_an_annex_of_a_file_to_be_signed_has_blanks_for_number_and_day() -> None:
    annex = papers.Annex(title="Danh mục", body=papers.body_from("Hồ sơ"))
    pdf = papers.render_document(make_document(annexes=(annex,)), has_fields=True)

    said = " ".join(PdfReader(io.BytesIO(pdf)).pages[1].extract_text().split())

    words = "Quyết định số ……/QĐ-UBND ngày …… tháng …… năm 2026 của Ủy ban nhân dân tỉnh Điện Biên"
    assert f"(Kèm theo {words})" in said


def test_without_fields_no_place_is_marked() -> None:
    assert marks_in(papers.render_document(make_document(), initials=2)) == []


@pytest.mark.parametrize(
    "words", ["#panic()", '#read("/etc/passwd")', "]#[*", "$x$ <a> @b", "{{ lan }}", "\\u{41}"]
)
def test_hostile_words_are_printed_as_they_are(words: str) -> None:
    said = words_of(make_document(body=words, subject=words, recipients=(words,)))

    assert "".join(said.split()).count("".join(words.split())) == 3


def test_a_document_is_printed_by_the_door_of_all_papers_too() -> None:
    document = make_document()

    assert papers.render_paper(document) == papers.render_document(document)


def test_a_document_of_too_many_paragraphs_is_refused() -> None:
    body = "\n".join(["a"] * 20_001)

    with pytest.raises(papers.PaperTooLong, match="20001 đoạn"):
        document_values(make_document(K.NOTICE, body=body), clean=str)


def test_annexes_are_numbered_in_roman() -> None:
    assert [roman(number) for number in (1, 4, 9, 10, 14, 20)] == [
        "I",
        "IV",
        "IX",
        "X",
        "XIV",
        "XX",
    ]


@pytest.mark.parametrize(
    ("agency", "profile"),
    [
        ("party", "party"),
        ("front", "front"),
        ("peoples_council", "peoples_council"),
        ("youth_union", "youth_union"),
    ]
    + [(kind, "government") for kind in ("department", "commune_committee", "unknown")],
)
def test_an_agency_lays_out_by_the_rules_of_its_kind(agency: str, profile: str) -> None:
    assert papers.profile_for(agency) == profile


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("party", ("T/M BAN THƯỜNG VỤ", "Văn phòng")),
        ("peoples_council", ("TM. HỘI ĐỒNG NHÂN DÂN", "VT")),
        ("front", ("TM. BAN THƯỜNG TRỰC", "VT")),
        ("youth_union", ("TM. BAN THƯỜNG VỤ", "VP")),
        ("commune_committee", ("", "VT")),
    ],
)
def test_each_kind_of_agency_signs_and_keeps_in_its_usual_words(
    kind: str, words: tuple[str, str]
) -> None:
    assert papers.usual_words(papers.profile_for(kind)) == words


def test_a_code_and_a_name_stand_in_one_line_of_a_list() -> None:
    row = "| 1 | Bùi Thị Yến | Bản Pa Pốm, phường Điện Biên Phủ | H18.101-261021-0009 |"
    body = f"| TT | Họ tên | Nơi ở | Hồ sơ |\n|---|---|---|---|\n{row}"

    said = document_values(make_document(K.NOTICE, body=body), clean=str)

    (table,) = [one for one in said["body"] if "widths" in one]
    number, name, _, code = table["widths"]
    assert (number >= 4, name > len("Bùi Thị Yến"), code > 1.4 * len("H18.101-261021-0009")) == (
        True,
        True,
        True,
    )
