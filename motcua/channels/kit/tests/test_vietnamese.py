"""Vietnamese words on English pages: in English where somebody translated them, else marked."""

from collections.abc import Collection, Mapping

import pytest

from motcua.channels.kit.vietnamese import NOTE, marked

KNOWN = {
    "Giấy khai sinh": "Birth certificate",
    "bản": "copy",
    "Sở Tư pháp": "Justice <b>Office</b>",
}


def english(texts: Collection[str]) -> Mapping[str, str]:
    return {one: KNOWN[one] for one in texts if one in KNOWN}


def shown(page: str) -> str:
    return marked(page, "<p>Note.</p>", english)


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("<p>Lò Thị Lan</p>", '<p><span lang="vi">Lò Thị Lan</span></p>'),
        ("<p>Filed by: Lò Thị Lan.</p>", '<p>Filed by: <span lang="vi">Lò Thị Lan</span>.</p>'),
        ("<p>Plain words</p>", "<p>Plain words</p>"),
        ("<p>Giấy khai sinh</p>", "<p>Birth certificate</p>"),
        ("<p>Giấy khai sinh: VND 5,000/bản</p>", "<p>Birth certificate: VND 5,000/copy</p>"),
        ("<option>Tổ dân phố</option>", '<option lang="vi">Tổ dân phố</option>'),
        ("<title>Giấy khác</title>", "<title>Giấy khác</title>"),
        ("<textarea>Giấy khai sinh</textarea>", '<textarea lang="vi">Giấy khai sinh</textarea>'),
    ],
)
def test_words_are_translated_or_marked(page: str, answer: str) -> None:
    assert shown(page) == answer


@pytest.mark.parametrize("mark", ["&amp;", "&#34;", "&#39;", "&quot;", "&lt;"])
def test_marks_of_markup_stay_whole(mark: str) -> None:
    """“Công ty A &amp; B” once became “Công ty A &amp</span>; B”."""
    page = shown(f"<p>{mark}Công ty An{mark} B{mark}</p>")

    assert page.count(mark) == 3


def test_what_a_translator_wrote_is_text_and_never_markup() -> None:
    assert shown("<p>Sở Tư pháp</p>") == "<p>Justice &lt;b&gt;Office&lt;/b&gt;</p>"


def test_scripts_and_styles_are_left_alone() -> None:
    page = '<script type="application/json">{"name": "Giấy khai sinh"}</script><p>Sở Tư pháp</p>'

    assert shown(page).startswith('<script type="application/json">{"name": "Giấy khai sinh"}<')


def test_what_is_marked_already_is_not_marked_again_and_ends_where_it_ends() -> None:
    page = '<a hreflang="vi" lang="vi">Tiếng <b>Việt</b></a><input lang="vi"><p>Lò Thị Lan</p>'

    assert shown(page) == (
        '<a hreflang="vi" lang="vi">Tiếng <b>Việt</b></a><input lang="vi">'
        '<p><span lang="vi">Lò Thị Lan</span></p>'
    )


def test_a_link_to_the_vietnamese_page_marks_nothing() -> None:
    page = '<a hreflang="vi">Lò Thị Lan</a>'

    assert shown(page) == '<a hreflang="vi"><span lang="vi">Lò Thị Lan</span></a>'


@pytest.mark.parametrize(("page", "count"), [("<p>Lan</p>", 0), ("<p>Lò Thị Lan</p>", 1)])
def test_the_note_stands_only_where_something_is_vietnamese(page: str, count: int) -> None:
    assert shown(f"{page}{NOTE}").count("Note.") == count
