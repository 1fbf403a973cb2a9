"""The catalogue of English words is complete, and everything the public may read is in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.nodes import Output, TemplateData

from config.catalogue import compiled
from motcua.channels.kit.vietnamese import VIETNAMESE
from tools import texts

PUBLIC = ("motcua/channels/portal", "motcua/channels/accounts")
# Frames and pages that only officers see.
OF_OFFICERS = ("notices_staff.html",)
# Not words for reading: an example of a date, a word that is searched for, what the law prints.
NOT_READ = {
    "bulk_files.py": "the spreadsheet is filled in and read again in Vietnamese",
    "apps.py": "names of rooms, for operators",
}

# Where rooms refuse what citizens ask for, pages first: all of it is for the public.
REFUSING = (
    *("lib/sheets.py", "lib/paging.py", "foundation/files/rules/content.py"),
    *("foundation/files/rules/names.py", "foundation/files/operations/uploads.py"),
    "foundation/access/operations/members.py",
    *("foundation/people/rules/numbers.py", "foundation/requests/operations.py"),
    *("foundation/mandates/operations/coding.py", "foundation/mandates/operations/sessions.py"),
    *("foundation/mandates/queries.py", "foundation/signing/queries/own.py"),
    *("foundation/signing/rules/own.py", "foundation/signing/rules/own_halves.py"),
    *(f"foundation/signing/operations/own_{one}.py" for one in ("beginning", "keys", "preparing")),
    *(f"casework/dossiers/operations/{one}.py" for one in ("agents", "bulk", "drafts", "reusing")),
    *(f"casework/dossiers/operations/{one}.py" for one in ("messages", "filing", "signed_papers")),
    *(f"casework/dossiers/operations/{one}.py" for one in ("signing_drafts", "supply_drafts")),
    *(f"casework/dossiers/queries/{one}.py" for one in ("bulk", "outcomes", "reference_copies")),
    *(f"casework/dossiers/rules/{one}.py" for one in ("application", "bulk", "drafts", "moves")),
    *("casework/payments/operations/attempting.py", "casework/payments/queries/channels.py"),
    *("casework/payments/queries/orders.py", "casework/receipts/operations/mailing.py"),
    *("casework/ratings/operations.py", "casework/ratings/rules.py"),
)


def test_every_sentence_has_its_english_and_nothing_else_is_kept() -> None:
    assert texts.faults() == []


def test_the_catalogue_is_written_as_the_tool_writes_it() -> None:
    assert texts.CATALOGUE.read_text() == texts.as_text()


@pytest.mark.parametrize("room", PUBLIC)
def test_no_template_says_anything_that_is_not_marked(room: str) -> None:
    pages = [one for one in (texts.ROOT / room).rglob("jinja2/**/*") if one.is_file()]

    unmarked = {page.name: list(_said_in(page)) for page in pages if page.name not in OF_OFFICERS}

    assert {name: words for name, words in unmarked.items() if words} == {}


@pytest.mark.parametrize("room", PUBLIC)
def test_no_view_says_anything_that_is_not_marked(room: str) -> None:
    files = [one for one in (texts.ROOT / room).rglob("*.py") if "tests" not in one.parts]

    unmarked = {file.name: _unmarked_in(file) for file in files if file.name not in NOT_READ}

    assert {name: words for name, words in unmarked.items() if words} == {}


@pytest.mark.parametrize("file", REFUSING)
def test_what_citizens_are_refused_with_can_be_said_in_english(file: str) -> None:
    assert list(_refusals_in(ast.parse((texts.ROOT / "motcua" / file).read_text()))) == []


def test_what_is_read_is_made_again_when_the_text_changes(tmp_path: Path) -> None:
    text = tmp_path / "texts" / "en" / "LC_MESSAGES" / "django.po"
    text.parent.mkdir(parents=True)
    text.write_text(f'{texts.HEADER}msgid "Xin chào"\nmsgstr "Hello"\n')
    made = compiled(tmp_path / "texts", tmp_path / "made") / "en" / "LC_MESSAGES" / "django.mo"
    first = made.read_bytes()

    text.write_text(f'{texts.HEADER}msgid "Xin chào"\nmsgstr "Good morning"\n')
    compiled(tmp_path / "texts", tmp_path / "made")

    assert (b"Hello" in first, b"Good morning" in made.read_bytes()) == (True, True)


def _said_in(page: Path) -> Iterator[str]:
    """Yield the Vietnamese words of a page that stand outside every mark."""
    env = Environment(  # noqa: S701 -- nothing is rendered
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"]
    )
    for output in env.parse(page.read_text()).find_all(Output):
        for part in output.nodes:
            if isinstance(part, TemplateData) and VIETNAMESE.search(part.data):
                yield re.sub(r"\s+", " ", part.data).strip()


def _unmarked_in(file: Path) -> list[str]:
    """Return the Vietnamese words of a module that are no documentation and in no mark."""
    tree = ast.parse(file.read_text())
    known = {id(part) for node in ast.walk(tree) for part in _accounted_for(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in known
        and VIETNAMESE.search(node.value)
    ]


def _refusals_in(tree: ast.Module) -> Iterator[str]:
    """Yield the Vietnamese words that are raised, or kept to be raised, outside every mark."""
    known = {id(part) for node in ast.walk(tree) for part in _accounted_for(node)}
    for node in ast.walk(tree):
        is_kept = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "message"
        if is_kept or isinstance(node, ast.Raise):
            yield from (
                part.value
                for part in ast.walk(node)
                if isinstance(part, ast.Constant)
                and isinstance(part.value, str)
                and id(part) not in known
                and VIETNAMESE.search(part.value)
            )


def _accounted_for(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr):
        yield node.value
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        yield from ast.walk(node.args[0]) if name in texts.MARKS and node.args else ()


@pytest.mark.parametrize("room", [*PUBLIC, "motcua/channels/kit"])
def test_no_script_says_anything_without_its_english(room: str) -> None:
    scripts = (texts.ROOT / room).rglob("static/**/*.js")
    said = re.compile(r"""said\(\s*(["`])[^"`]*\1,\s*(["`])[^"`]*\2,?\s*\)""")
    comment = re.compile(r"(?m)(^|\s)//.*$")

    left = {script.name: said.sub("", comment.sub("", script.read_text())) for script in scripts}

    assert [name for name, words in left.items() if VIETNAMESE.search(words)] == []
