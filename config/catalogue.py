"""The catalogue of messages, made ready for reading without any tool of the system.

The text (.po) is kept; what is read (.mo) is made from it when the product starts, beside the
other things this machine makes, and again whenever the text has changed.
"""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

DOMAIN = "django"


def compiled(texts: Path, place: Path) -> Path:
    """Return where the catalogues of all languages lie, made from their texts where needed."""
    for text in sorted(texts.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        made = place / text.relative_to(texts).with_suffix(".mo")
        if _mark(text) != _mark(made):
            _compile(text, made)
    return place


def _mark(file: Path) -> int:
    """Return when the file was changed; what is made bears the mark of what it is made from."""
    return file.stat().st_mtime_ns if file.exists() else 0


def _compile(text: Path, made: Path) -> None:
    """Write what is read, whole or not at all: several processes may start at once."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- seldom needed
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- as above

    when = _mark(text)
    with text.open("rb") as source:
        catalogue = read_po(source, locale=text.parts[-3])
    made.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=made.parent, delete=False) as target:
        write_mo(target, catalogue)
    os.utime(target.name, ns=(when, when))
    Path(target.name).replace(made)
