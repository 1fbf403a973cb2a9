"""The budgets are kept, and the check of them can fail."""

from pathlib import Path

from tools import budgets


def test_everything_keeps_its_budget() -> None:
    assert budgets.offences() == []


def test_a_file_over_its_budget_is_named(tmp_path: Path) -> None:
    long = tmp_path / "motcua" / "long.py"
    long.parent.mkdir()
    long.write_text("x = 1\n" * 501)

    assert budgets.offences(tmp_path) == [f"{long}: 501 lines, at most 500: split it by subject"]


def test_a_template_over_its_budget_is_named(tmp_path: Path) -> None:
    page = tmp_path / "motcua" / "portal" / "jinja2" / "portal" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p></p>\n" * 201)

    assert budgets.offences(tmp_path) == [f"{page}: 201 lines, at most 200: split it by subject"]


def test_a_test_that_needs_a_long_set_up_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tests" / "test_long.py"
    path.parent.mkdir()
    path.write_text("def test_long():\n" + "    x = 1\n" * 40)

    assert budgets.offences(tmp_path) == [f"{path}:1: test_long has 41 lines, at most 40"]


def test_a_muted_check_without_a_reason_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config" / "quiet.py"
    path.parent.mkdir()
    path.write_text(
        "import a  # noqa: F401\n"
        "import b  # noqa\n"
        "import c  # noqa: F401 -- loads the shelf\n"
        "d = e  # type: ignore[misc]  # -- untyped\n"
    )

    assert [line.split(": ")[0] for line in budgets.offences(tmp_path)] == [
        f"{path}:1",
        f"{path}:2",
    ]
