"""Gathers what the public may read, and keeps the catalogue of its English words up to date.

`./run texts` writes `locale/en/LC_MESSAGES/django.po`: new sentences without words, those no
longer said left out. `./run texts --check` only says what is missing. ADR 94.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Everything these rooms mark is for the public; elsewhere only what is `said`.
CHANNELS = ("motcua/channels/kit", "motcua/channels/portal", "motcua/channels/accounts")
MARKS = frozenset(
    {"_", "_l", "now_", "gettext", "gettext_lazy", "gettext_noop", "translate", "said", "sentence"}
)
SAID = frozenset({"said", "sentence"})
# Where kinds of messages for the public are declared: label, subject and body are for them.
KINDS = (
    "casework/dossiers/operations/message_kinds.py",
    "casework/receipts/operations/notifying.py",
    "casework/webhooks/operations/message_kinds.py",
    "foundation/mandates/operations/telling.py",
    "foundation/notifications/operations.py",
)
COUNTED = re.compile(r"%\((?:count|days)\)s")
PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
WIDTH = 100
HEADER = """\
# English words of the public pages and papers. Vietnamese is the source language.
# Kept by ./run texts; judged by tests/test_texts.py.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def sentences() -> dict[str, set[str]]:
    """Return every sentence the public may read, with the files that say it."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "motcua").rglob("*")):
        for sentence in _sentences_in(file):
            found.setdefault(sentence, set()).add(str(file.relative_to(ROOT)))
    return found


def _sentences_in(file: Path) -> Iterator[str]:
    where = str(file.relative_to(ROOT))
    if "/tests/" in where:
        return
    is_channel = where.startswith(CHANNELS)
    if file.suffix == ".py":
        yield from in_python(file.read_text(), MARKS if is_channel else SAID)
        if where.endswith(KINDS):
            yield from in_kinds(file.read_text())
    elif is_channel and "/jinja2/" in where and file.suffix in {".html", ".txt"}:
        yield from in_template(file)


def in_python(source: str, marks: frozenset[str]) -> Iterator[str]:
    """Yield the sentences that a module hands to one of these functions."""
    if not any(f"{mark}(" in source for mark in marks):
        return
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        said = node.args[0]
        if name in marks and isinstance(said, ast.Constant) and isinstance(said.value, str):
            yield said.value


def in_kinds(source: str) -> Iterator[str]:
    """Yield what the declared kinds of messages for the public say."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            is_for_all = node.func.id in {"_declare", "Kind"} and not node.keywords
            said = node.args[1:] if is_for_all else []
            yield from (str(one.value) for one in said if isinstance(one, ast.Constant))


def in_template(file: Path) -> Iterator[str]:
    """Yield the sentences of a page."""
    options = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    extensions = {"extensions": "jinja2.ext.do"}
    with file.open("rb") as source:
        for _line, _mark, said, _notes in babel_extract(
            source, ("_", "gettext"), [], {**options, **extensions}
        ):
            sentence = said if isinstance(said, str) or said is None else said[0]
            if sentence is not None:
                yield sentence


def kept() -> Catalog:
    """Return the catalogue as it stands."""
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="en", domain="django")


def brought_up_to_date() -> Catalog:
    """Return the catalogue with the sentences that are said now, each with the words it has."""
    old = {_first(message): message for message in kept() if message.id}
    fresh = Catalog(locale="en", domain="django", fuzzy=False)
    for sentence, files in sorted(sentences().items(), key=lambda one: (min(one[1]), one[0])):
        before = old.get(sentence)
        said = all_words(before) if before else ("",)
        is_counted = bool(COUNTED.search(sentence))
        fresh.add(
            (sentence, sentence) if is_counted else sentence,
            (said[0], said[-1]) if is_counted else said[-1],
            locations=[(file, 0) for file in sorted(files)],
            flags=["python-format"] if "%(" in sentence else [],
        )
    return fresh


def as_text() -> str:
    """Return the catalogue of what is said now, as it is kept."""
    target = BytesIO()
    write_po(target, brought_up_to_date(), width=WIDTH, omit_header=True, include_lineno=False)
    return HEADER + target.getvalue().decode()


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def all_words(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def faults() -> list[str]:
    """Return what keeps the catalogue from being complete and right."""
    said, catalogue = sentences(), {_first(m): m for m in kept() if m.id}
    found = [f"no English: {one}" for one in said if one not in catalogue]
    found += [f"nobody says: {one}" for one in catalogue if one not in said]
    for sentence, message in catalogue.items():
        found += [f"fuzzy: {sentence}"] * message.fuzzy
        for words in all_words(message):
            if not words:
                found.append(f"no English: {sentence}")
            elif sorted(set(PLACES.findall(words))) != sorted(set(PLACES.findall(sentence))):
                found.append(f"other values: {sentence}")
    return found


def main() -> int:
    """Write the catalogue, or say what is wrong with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what is missing")
    if not parser.parse_args().check:
        CATALOGUE.write_text(as_text())
    found = faults()
    sys.stdout.writelines(f"{one}\n" for one in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
