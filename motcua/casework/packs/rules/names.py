"""Which files a pack consists of.

Source: docs/reference/packs.md
"""

import re
from collections.abc import Mapping

MANIFEST, SIGNATURE = "manifest.yaml", "signature.xml"
PROCEDURE, FORM, PROCESS = "procedure.yaml", "form.yaml", "process.yaml"
TEXTS = (PROCEDURE, FORM, PROCESS)
PARTS: Mapping[str, str] = {FORM: "form", PROCESS: "process"}
FEES, TEMPLATES = "fees", "templates"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TABLE = re.compile(rf"{FEES}/({_SLUG})\.(dmn|yaml)")
TEMPLATE = re.compile(rf"{TEMPLATES}/([A-Za-z0-9][A-Za-z0-9_-]{{0,58}})\.docx")
MOST_FILES, MOST_PACKS = 400, 60
MOST_BYTES, MOST_TEXT, MOST_WORD = 30_000_000, 500_000, 5_000_000
MOST_TABLE = 2_000_000
Files = Mapping[str, bytes]


def is_known(name: str) -> bool:
    """Say whether a pack may hold a file of that name."""
    return (
        name in {MANIFEST, SIGNATURE, *TEXTS}
        or TABLE.fullmatch(name) is not None
        or TEMPLATE.fullmatch(name) is not None
    )


def most_bytes(name: str) -> int:
    """Return how large a file of that name may be."""
    if name.endswith(".docx"):
        return MOST_WORD
    return MOST_TABLE if name.endswith((".dmn", ".xml")) else MOST_TEXT
