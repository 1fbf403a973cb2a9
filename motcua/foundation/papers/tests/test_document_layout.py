"""Where everything stands on the page of an administrative document, measured from the PDF."""

import io

import pytest
from pypdf import PdfReader

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import DocumentKind as K

from .make_documents import (
    LONG_AGENCY,
    RECIPIENTS,
    SENTENCE,
    make_document,
    make_head,
    make_long_document,
)
from .measure import Drawn, Letters, drawn_on, find, letters_on

LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277
every_kind = pytest.mark.parametrize("kind", K, ids=lambda kind: kind.name.lower())


def look_of(line: Letters) -> tuple[float, str]:
    return line.size, line.face


def printed(document: papers.AdministrativeDocument) -> tuple[list[Letters], list[Drawn]]:
    pdf = papers.render_document(document)
    return letters_on(pdf), drawn_on(pdf)


def below(lines: list[Drawn], letters: Letters) -> Drawn:
    """Return the line drawn right below the middle of some letters."""
    under = [
        one for one in lines if one.top > letters.base and one.left < letters.middle < one.right
    ]
    return min(under, key=lambda one: one.top)


@every_kind
def test_the_page_is_a4_and_nothing_stands_outside_its_margins(kind: K) -> None:
    pdf = papers.render_document(make_document(kind))
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox

    lines = letters_on(pdf)

    assert (round(box.width), round(box.height)) == (595, 842)
    outside = [
        one.text
        for one in lines
        if one.left < LEFT - 0.3 or one.right > RIGHT + 0.3 or not TOP < one.base <= BOTTOM
    ]
    assert outside == []


@every_kind
def test_state_and_motto_stand_at_the_right_on_top_with_a_line_as_long_as_the_motto(
    kind: K,
) -> None:
    lines, drawn = printed(make_document(kind))
    state = find(lines, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = find(lines, "Độc lập - Tự do - Hạnh phúc")
    rule = below(drawn, motto)

    assert (look_of(state), look_of(motto)) == ((13, "Bold"), (14, "Bold"))
    assert state.middle == pytest.approx(motto.middle, abs=0.3)
    assert (rule.middle, rule.length) == pytest.approx((motto.middle, motto.length), abs=0.7)
    assert TOP < state.base < TOP + 5


@every_kind
def test_the_issuer_stands_at_the_left_on_the_same_height_with_a_shorter_line(kind: K) -> None:
    lines, drawn = printed(make_document(kind))
    first = next(one for one in lines if one.text == "ỦY BAN NHÂN DÂN")
    final = next(one for one in lines if one.text == "TỈNH ĐIỆN BIÊN")
    state = find(lines, "CỘNG HÒA XÃ HỘI")
    rule = min((one for one in drawn if one.right < state.left), key=lambda one: one.top)

    assert (look_of(first), look_of(final)) == ((13, "Bold"), (13, "Bold"))
    assert first.base == pytest.approx(state.base, abs=0.3)
    assert rule.middle == pytest.approx(final.middle, abs=0.3)
    assert 1 / 3 <= rule.length / final.length <= 1 / 2


def test_a_superior_agency_stands_above_the_issuer_in_upright_letters() -> None:
    head = make_head(superior="Ủy ban nhân dân tỉnh Điện Biên", issuer="Sở Nội vụ")
    lines, _ = printed(make_document(letterhead=head))

    superior, issuer = find(lines, "TỈNH ĐIỆN BIÊN"), find(lines, "SỞ NỘI VỤ")

    assert (look_of(superior), look_of(issuer)) == ((13, "Regular"), (13, "Bold"))
    assert superior.base < issuer.base


@every_kind
def test_number_and_day_stand_on_one_line_if_the_kind_has_them(kind: K) -> None:
    form = papers.form_of(kind)
    lines, _ = printed(make_document(kind))

    numbers = [one for one in lines if one.text.startswith("Số: 07/")]
    if form.is_numbered and form.symbol:
        numbers = [one for one in numbers if one.text == f"Số: 07/{form.symbol}-UBND"]
    days = [one for one in lines if one.text == "Điện Biên, ngày 05 tháng 02 năm 2026"]

    assert [look_of(one) for one in numbers] == [(13, "Regular")] * form.is_numbered
    assert [look_of(one) for one in days] == [(14, "Italic")] * form.has_place
    heights = {round(one.base) for one in numbers + days}
    assert len(heights) == 1 if numbers or days else heights == set()


@pytest.mark.parametrize("kind", [k for k in K if papers.form_of(k).has_title])
def test_the_kind_stands_in_the_middle_and_above_what_it_is_about(kind: K) -> None:
    lines, drawn = printed(make_document(kind, subject="Phân công nhiệm vụ"))
    name = next(one for one in lines if one.text == kind.label.upper())
    subject = find(lines, "Phân công nhiệm vụ")
    rule = below(drawn, subject)

    assert (look_of(name), look_of(subject)) == ((14, "Bold"), (14, "Bold"))
    middles = (name.middle, subject.middle, rule.middle)
    assert middles == pytest.approx(((LEFT + RIGHT) / 2,) * 3, abs=0.5)
    assert 1 / 3 <= rule.length / subject.length <= 1 / 2


def test_an_official_letter_says_below_its_number_what_it_is_about_and_not_what_it_is() -> None:
    lines, _ = printed(make_document(K.OFFICIAL_LETTER))
    number, about = find(lines, "Số: 07/UBND-NC"), find(lines, "V/v phân công")

    assert look_of(about) == (13, "Regular")
    assert about.middle == pytest.approx(number.middle, abs=0.7)
    # A single line, and six points between.
    assert about.base - number.base == pytest.approx((13 * 1.15 + 6) * 25.4 / 72, abs=0.4)
    assert [one.text for one in lines if one.text == "CÔNG VĂN"] == []


def test_bases_are_italic_and_end_with_semicolons_and_a_full_stop() -> None:
    bases = ("Căn cứ Luật Lưu trữ", "Theo đề nghị của Giám đốc Sở Nội vụ;")
    lines, _ = printed(make_document(bases=bases))

    found = [(one.text, one.face) for one in lines if one.text.startswith(("Căn cứ", "Theo"))]

    assert found == [
        ("Căn cứ Luật Lưu trữ;", "Italic"),
        ("Theo đề nghị của Giám đốc Sở Nội vụ.", "Italic"),
    ]


def test_the_text_is_indented_set_to_both_edges_and_spaced_as_the_law_allows() -> None:
    lines, _ = printed(make_document(K.NOTICE, body=f"{SENTENCE}\n{SENTENCE}"))
    rows = [one for one in lines if look_of(one) == (14, "Regular")]
    first, second = rows[:2]
    next_paragraph = next(one for one in rows[1:] if one.left > LEFT + 5)
    before_it = rows[rows.index(next_paragraph) - 1]

    assert first.left - LEFT == pytest.approx(12.7, abs=0.2)
    assert (second.left, second.right) == pytest.approx((LEFT, RIGHT), abs=0.3)
    pitch = (second.base - first.base) * 72 / 25.4
    assert 1.15 <= pitch / 14 <= 1.5 * 1.15
    between = (next_paragraph.base - before_it.base) * 72 / 25.4
    assert between - pitch == pytest.approx(6, abs=0.2)


def test_articles_chapters_and_their_titles_look_as_the_law_says() -> None:
    body = "Chương I\nQuy định chung\nMục 1\nPhạm vi\nĐiều 1. Đối tượng\n1. Lời văn.\na) Điểm;"
    lines, _ = printed(make_document(K.STATUTE, body=body))

    found = {one.text: (*look_of(one), round(one.left - LEFT, 1)) for one in lines}

    middle = (LEFT + RIGHT) / 2
    for words in ("Chương I", "QUY ĐỊNH CHUNG", "Mục 1", "PHẠM VI"):
        one = find(lines, words)
        assert look_of(one) == (14, "Bold")
        assert one.middle == pytest.approx(middle, abs=0.5)
    assert found["Điều 1. Đối tượng"] == (14, "Bold", 12.7)
    assert found["1. Lời văn."] == (14, "Regular", 12.7)
    assert found["a) Điểm;"] == (14, "Regular", 12.7)


def test_the_signer_stands_at_the_right_all_lines_in_one_middle() -> None:
    lines, _ = printed(make_document())
    block = [find(lines, words) for words in ("TM. ỦY", "KT. CHỦ", "PHÓ CHỦ", "Lê Thị Hoa")]

    assert [look_of(one) for one in block] == [(14, "Bold")] * 4
    middles = [one.middle for one in block]
    assert middles == pytest.approx([middles[0]] * 4, abs=0.3)
    assert middles[0] > (LEFT + RIGHT) / 2
    # Room for a signature between title and name.
    assert 25 <= block[3].base - block[2].base <= 45


def test_recipients_stand_at_the_left_level_with_the_signer_and_end_with_the_kept_copy() -> None:
    lines, _ = printed(make_document(drafter_mark="ntl", copies=5))
    head, capacity = find(lines, "Nơi nhận:"), find(lines, "TM. ỦY BAN")
    listed = [one for one in lines if one.size == 11]

    assert look_of(head) == (12, "BoldItalic")
    assert head.left == pytest.approx(LEFT, abs=0.3)
    assert head.base == pytest.approx(capacity.base, abs=1)
    assert [one.text for one in listed] == [
        "- Như trên;",
        "- Thường trực Tỉnh ủy;",
        "- Lưu: VT, NC.",
        "NTL.05",
    ]


def test_one_addressee_stands_on_the_line_several_below_the_colon() -> None:
    one, _ = printed(make_document(K.PROPOSAL, addressees=("Sở Nội vụ",)))
    many, _ = printed(make_document(K.PROPOSAL, addressees=("Sở Nội vụ", "Sở Y tế")))

    assert look_of(find(one, "Kính gửi: Sở Nội vụ")) == (14, "Regular")
    asked = find(many, "Kính gửi:")
    dashes = [find(many, words) for words in ("- Sở Nội vụ;", "- Sở Y tế.")]
    # The dashes stand below the colon, which is the last letter of the line.
    assert [dash.left for dash in dashes] == pytest.approx([asked.right - 1.4] * 2, abs=0.4)


@pytest.mark.parametrize(
    ("urgency", "words", "width"),
    [
        (papers.Urgency.URGENT, "KHẨN", 20),
        (papers.Urgency.VERY_URGENT, "THƯỢNG KHẨN", 40),
        (papers.Urgency.EXPRESS, "HỎA TỐC", 30),
    ],
)
def test_the_mark_of_urgency_has_its_legal_size(
    urgency: papers.Urgency, words: str, width: int
) -> None:
    lines, drawn = printed(make_document(urgency=urgency))
    (frame,) = [one for one in drawn if one.height > 5]
    mark = find(lines, words)

    assert (frame.length, frame.height) == pytest.approx((width, 8), abs=0.8)
    assert mark.face == "Bold"
    assert 13 <= mark.size <= 14
    assert mark.middle == pytest.approx(frame.middle, abs=0.3)


@pytest.mark.parametrize("circulation", ["internal", "return"])
def test_how_far_a_document_may_go_stands_in_a_frame(circulation: str) -> None:
    asked = papers.Circulation(circulation)
    lines, drawn = printed(make_document(circulation=asked))
    (frame,) = [one for one in drawn if one.height > 5]
    words = find(lines, asked.label.upper())

    assert look_of(words) == (13, "Bold")
    assert words.middle == pytest.approx(frame.middle, abs=0.3)


def test_the_address_stands_at_the_foot_of_the_first_page_below_a_full_line() -> None:
    pdf = papers.render_document(make_long_document(contact="Số 851, đường Võ Nguyên Giáp"))
    address = find(letters_on(pdf), "Số 851")
    rule = [one for one in drawn_on(pdf) if one.top < address.base][-1]

    assert look_of(address) == (11, "Regular")
    assert rule.length == pytest.approx(165, abs=0.7)
    assert 0 < address.base - rule.top < 6
    assert BOTTOM - 5 < address.base < BOTTOM
    assert [one for one in letters_on(pdf, 1) if one.text.startswith("Số 851")] == []


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_upper_margin() -> None:
    pdf = papers.render_document(make_long_document())
    pages = [letters_on(pdf, page) for page in range(len(PdfReader(io.BytesIO(pdf)).pages))]

    numbers = [[one for one in page if one.base < TOP] for page in pages]

    assert [[one.text for one in page] for page in numbers] == [[], ["2"], ["3"]]
    for page in numbers[1:]:
        (number,) = page
        assert look_of(number) == (14, "Regular")
        assert number.middle == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_a_table_repeats_its_head_on_each_page() -> None:
    pdf = papers.render_document(make_long_document())

    heads = [
        [one.text for one in letters_on(pdf, page) if one.text.startswith("Nội dung công")]
        for page in range(3)
    ]

    assert heads == [[], ["Nội dung công việc"], ["Nội dung công việc"]]


def test_each_annex_begins_a_page_and_counts_its_own() -> None:
    body = papers.body_from("\n".join([SENTENCE] * 14))
    annexes = (
        papers.Annex(title="Danh mục", body=body),
        papers.Annex(title="Biểu tổng hợp", body=body, is_across=True),
    )
    pdf = papers.render_document(make_document(annexes=annexes))
    reader = PdfReader(io.BytesIO(pdf))

    first = [letters_on(pdf, page)[0].text for page in range(len(reader.pages))]

    assert first[1:] == ["Phụ lục I", "2", "Phụ lục II", "2"]
    assert [page.mediabox.width > 600 for page in reader.pages] == [False] * 3 + [True] * 2
    title, of = find(letters_on(pdf, 1), "DANH MỤC"), find(letters_on(pdf, 1), "(Kèm theo")
    assert (look_of(title), look_of(of)) == ((14, "Bold"), (14, "Italic"))
    assert of.text.startswith("(Kèm theo Quyết định số 07/QĐ-UBND ngày 05 tháng 02 năm 2026")


def test_minutes_are_signed_by_two_side_by_side_with_their_names_on_one_line() -> None:
    lines, _ = printed(make_document(K.MINUTES))
    secretary, chair = find(lines, "Trần Văn Bình"), find(lines, "Lê Thị Hoa")

    assert secretary.base == pytest.approx(chair.base, abs=0.2)
    assert secretary.right < chair.left


def test_a_long_name_of_an_agency_stays_in_its_column_in_lines_of_like_length() -> None:
    head = make_head(superior="Ủy ban nhân dân tỉnh Điện Biên", issuer=LONG_AGENCY)
    lines, _ = printed(make_document(letterhead=head))
    state = find(lines, "CỘNG HÒA")
    name = [one for one in lines if one.face == "Bold" and one.size == 13 and one.right < 96]

    assert " ".join(one.text for one in name) == LONG_AGENCY.upper()
    assert max(one.right for one in name) < state.left
    lengths = [one.length for one in name]
    assert min(lengths) / max(lengths) > 0.7


def test_a_long_subject_of_a_letter_is_printed_whole_below_the_number() -> None:
    lines, _ = printed(make_document(K.OFFICIAL_LETTER, subject=SENTENCE))
    below_number = [one for one in lines if one.size == 13 and one.face == "Regular"][1:]

    assert " ".join(one.text for one in below_number) == f"V/v {SENTENCE}"
    assert max(one.right for one in below_number) < 96


def test_many_recipients_go_on_to_the_next_page_and_the_signature_stays_whole() -> None:
    many = (*(f"Ủy ban nhân dân xã số {n}" for n in range(1, 70)), *RECIPIENTS)
    pdf = papers.render_document(make_document(recipients=many))

    pages = [[one.text for one in letters_on(pdf, page)] for page in range(2)]

    listed = [text for page in pages for text in page if text.startswith("- ")]
    assert listed == [f"- {one};" for one in many[:-1]] + ["- Lưu: VT, NC."]
    assert ["Lê Thị Hoa" in page for page in pages] == [True, False]
