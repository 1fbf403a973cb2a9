"""A structured text in files of its parts: letter for letter, and the same again and again."""

from pathlib import Path

import pytest

from motcua.casework.packs.rules.splitting import joined, split
from motcua.casework.procedures.api import read_text

DEMO = sorted((Path(__file__).parents[4] / "demo" / "procedures").glob("*.yaml"))


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_the_texts_of_the_demo_come_back_as_they_were(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    files = split(text)
    again = split(joined(files))

    assert again == files
    assert read_text(joined(files)) == read_text(text)
    assert all(line.encode() in b"".join(files.values()) for line in text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "# đầu\na: 1\n\n# về tờ khai\nform:\n  x: 1 # chú\n\nb: 2\n# cuối\n",
        "form: {x: 1}\nprocess: []\na: 1",
        "a: 1\nb: |\n  dòng\n\n  # không phải chú thích\nform: {}\n\n\n",
        "a: &x {y: 1}\nform: *x\n",
        "{a: 1, form: {b: 2}}",
        "---\na: 1\nform: {}\n",
    ],
)
def test_whatever_the_layout_a_second_export_is_the_same(text: str) -> None:
    files = split(text)

    assert split(joined(files)) == files
    assert read_text(joined(files)) == read_text(text)


def test_a_comment_goes_with_the_part_below_it() -> None:
    files = split("a: 1\n# về tờ khai\nform:\n  x: 1\nb: 2\n")

    assert files == {
        "procedure.yaml": b"a: 1\nb: 2\n",
        "form.yaml": "# về tờ khai\nform:\n  x: 1\n".encode(),
    }
