"""Every setting is documented, and nothing else is."""

import re

from tools import budgets

from .contracts import ROOT

READ = re.compile(r"""(?:env\.(?:text|number|choice)|environ\.get)\(\s*"([A-Z_]+)\"""")
STANDARD = {"PYTEST_XDIST_WORKER"}


def test_the_table_of_settings_lists_what_the_code_reads() -> None:
    table = (ROOT / "docs" / "reference" / "settings.md").read_text()
    sources = [path.read_text() for path in budgets.sources() if "tests" not in path.parts]
    sources.append((ROOT / "tests" / "journeys" / "conftest.py").read_text())

    read = {name for source in sources for name in READ.findall(source)} - STANDARD
    shell = set(re.findall(r"\$\{(MOTCUA_[A-Z]+):-", (ROOT / "run").read_text()))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", table, flags=re.MULTILINE))

    assert documented == read | shell
