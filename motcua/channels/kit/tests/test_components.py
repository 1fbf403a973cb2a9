"""Every component is drawn in the gallery, and a few are looked at closely."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from jinja2 import UndefinedError

from motcua.channels.kit.jinja import COMPONENTS

from .make import environment, rendered

HERE = Path(__file__).parents[1]
PAGES = ("citizen", "staff", "plain", "400", "403", "404", "500", "csrf")
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)
USED_BY_OTHERS = {
    "checkbox", "checkboxes", "date_input", "described_by", "error_summary", "field", "fieldset",
    "form_group", "hint_and_error", "kbd", "label_of", "optional_word", "radios", "request_key",
    "shape", "table", "textarea", "pager", "file_upload",
}  # fmt: skip


def macros() -> set[str]:
    names: set[str] = set()
    for component in COMPONENTS:
        module = environment().get_template(f"kit/{component}.html").module
        names |= {name for name, thing in vars(module).items() if callable(thing)}
    return {name for name in names if not name.startswith("_")}


def test_every_component_stands_in_the_gallery() -> None:
    galleries = "".join(page.read_text() for page in HERE.glob("jinja2/kit/*.html"))
    shown = set(re.findall(r"\bui\.(\w+)\(", galleries))

    assert macros() - shown - USED_BY_OTHERS == set()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_carries_inline_script_or_style(client: Client, page: str) -> None:
    answer = client.get(f"/bo-giao-dien/{page}/").content.decode()

    assert INLINE.findall(answer) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_id_is_there_once(client: Client, page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get(f"/bo-giao-dien/{page}/").content.decode())
    twice = {each for each in ids if ids.count(each) > 1}

    assert twice == set()


def test_an_unknown_component_is_named() -> None:
    with pytest.raises(UndefinedError, match="no attribute 'buton'"):
        rendered("{{ ui.buton('Nộp') }}")


def test_what_people_type_is_escaped() -> None:
    tag = rendered("{{ ui.status_tag(word, 'ok') }}", word="<b>Xong</b>")

    assert re.findall(r"[^ >]*Xong[^ <]*", tag) == ["&lt;b&gt;Xong&lt;/b&gt;"]


def test_a_tone_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(KeyError, match="'red'"):
        rendered("{{ ui.tag('Trễ', 'red') }}")


def test_a_state_never_speaks_by_colour_alone() -> None:
    badge = rendered("{{ ui.days_badge(-2) }}")

    assert (re.findall("kit-shape--(\\w+)", badge), "Quá hạn 2 ngày" in badge) == (["late"], True)


def test_each_form_has_its_own_request_key() -> None:
    source = "{% call ui.form('') %}{% endcall %}"
    keys = [re.findall(r'name="request_key" value="([^"]+)"', rendered(source)) for _ in "ab"]

    assert [len(found) for found in keys] == [1, 1]
    assert keys[0] != keys[1]


def test_messages_may_name_their_values_either_way() -> None:
    both = rendered("{{ _('Bước %(n)s', n=2) }} {{ _('Bước %(n)s') % {'n': 2} }}")

    assert both == "Bước 2 Bước 2"


def test_the_timeline_says_who_what_and_when() -> None:
    item = {
        "title": "Tiếp nhận",
        "state": "done",
        "by": "Trần Văn Bình",
        "at": datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
    }
    words = re.sub(r"<[^>]+>", " ", rendered("{{ ui.timeline([item]) }}", item=item)).split()

    assert " ".join(words) == "Đã xong: Tiếp nhận Trần Văn Bình · 16 giờ 30, thứ Hai 05/01/2026"


def test_a_parameter_of_the_address_may_be_changed_or_dropped(client: Client) -> None:
    request = client.get("/bo-giao-dien/", {"q": "an", "after": "x"}).wsgi_request
    source = "{{ url_with(request, after='y') }} {{ url_with(request, after=None, q=None) }}"

    assert rendered(source, request=request) == "/bo-giao-dien/?q=an&amp;after=y /bo-giao-dien/"


def test_a_table_without_rows_says_so() -> None:
    opened = "{% call(row) ui.table('Giấy tờ', [('Tên',), ('Số',)], rows) %}"
    table = opened + "<td>{{ row }}</td>{% endcall %}"

    assert '<td class="kit-soft" colspan="2">Chưa có gì.</td>' in rendered(table, rows=[])
    assert "Chưa có gì." not in rendered(table, rows=["Căn cước"])
