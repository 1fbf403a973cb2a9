"""From a document's values to what its layout reads, in print and in Word."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any, TypeAlias

from motcua.foundation.papers.choices import Circulation, DocumentKind, Urgency

from . import markup
from .documents import AdministrativeDocument, Annex, check_document
from .kinds import KindForm, form_of, number_words
from .markup import Block
from .parts import Signer
from .printing import check_complete
from .profiles import Style, style_of
from .wording import day_in_words

Clean: TypeAlias = Callable[[str], str]
Values: TypeAlias = dict[str, Any]

BLANK_NUMBER, BLANK_PART = "……", "……"
# The boxes of the law: EXPRESS and URGENT 30 × 8 and 20 × 8 mm, VERY URGENT 40 × 8.
_URGENCY_MM = {
    Urgency.URGENT: 20,
    Urgency.VERY_URGENT: 40,
    Urgency.EXPRESS: 30,
    Urgency.EXPRESS_TIMED: 55,
}
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_COLLECTIVES = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Ủy ban Mặt trận Tổ quốc Việt Nam")
_SHORT_FORMS = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_LONGEST_LINE = 24
_WORDS_OF_SUBJECT = re.compile(r"^\s*(?:về việc|v/v)\s+", re.IGNORECASE)
_DOCUMENT_OF = "Kèm theo {kind} số {number} {day} của {issuer}"


def document_values(document: AdministrativeDocument, *, clean: Clean) -> Values:
    """Return what the layout reads; `clean` drops what the font cannot draw.

    Shape: the style as {name: value}, the form of the kind likewise, texts, lines as lists of
    texts, blocks as {kind, number, is_heading, runs | title | rows}.
    Raises: PaperIncomplete, PaperTooLong.
    """
    check_complete(document)
    check_document(document)
    form, style = form_of(document.kind, document.profile), style_of(document.profile)
    return {
        "title": clean(document.heading),
        "kind": DocumentKind(document.kind).label,
        "ordinal": int(document.kind),
        "style": asdict(style),
        "form": asdict(form),
        **_head(document, form, clean),
        "subject": clean(document.subject),
        "brief": clean(_WORDS_OF_SUBJECT.sub("", document.subject)),
        "authority": _lines(document.authority, clean),
        "addressees": _each(document.addressees, clean),
        "bases": [_runs(one, clean) for one in with_marks(document.bases, ";", ".")],
        "attached_to": clean(document.attached_to.strip("() ")),
        "body": _blocks(ended(document.body, form, style), clean),
        "signers": [_signer(one, clean) for one in document.signers],
        "sealed": 0 if form.is_sealed_first else len(document.signers) - 1,
        "recipients": _each(with_marks(document.recipients, style.recipient_end, "."), clean),
        "drafter": clean(drafter_line(document)),
        "contact": clean(document.contact),
        "annexes": [
            _annex(one, place, document, clean) for place, one in enumerate(document.annexes)
        ],
        "is_draft": document.is_draft,
    }


def _head(document: AdministrativeDocument, form: KindForm, clean: Clean) -> Values:
    head, urgency = document.letterhead, Urgency(document.urgency)
    day = head.issued_on
    circulation = Circulation(document.circulation)
    return {
        "superior": _lines(head.superior, clean),
        "issuer": _lines(broken_name(head.issuer), clean),
        "place": clean(head.place) if form.has_place else "",
        "day": {
            "words": clean(day_words(document)),
            "year": day.year,
            "month": day.month,
            "number": day.day,
        },
        "number": clean(number_line_of(document)) if form.is_numbered else "",
        "notation": clean(head.notation),
        "urgency": urgency.label if urgency else "",
        "urgency_mm": _URGENCY_MM.get(urgency, 0),
        "circulation": circulation.label if circulation else "",
    }


def in_full(issuer: str) -> str:
    """Return the issuer's name without the short forms that only a superior's name may have."""
    for short, words in _SHORT_FORMS.items():
        if issuer.startswith(f"{short} "):
            return f"{words}{issuer.removeprefix(short)}"
    return issuer


def broken_name(name: str) -> str:
    """Return a long name of a committee or council with its place on a line of its own."""
    issuer = in_full(name)
    for beginning in _COLLECTIVES:
        if len(issuer) > _LONGEST_LINE and issuer.lower().startswith(beginning.lower() + " "):
            return f"{issuer[: len(beginning)]}\n{issuer[len(beginning) + 1 :]}"
    return issuer


def number_line_of(document: AdministrativeDocument) -> str:
    """Return number and notation, a blank where no number has been given."""
    head, style = document.letterhead, style_of(document.profile)
    if head.number is not None:
        return number_words(head.number, head.notation, document.profile)
    return f"{BLANK_NUMBER}{style.number_joint}{head.notation}" if head.notation else BLANK_NUMBER


def day_words(document: AdministrativeDocument) -> str:
    """Return the day in words, or blanks in the year for one that has none yet."""
    day = document.letterhead.issued_on
    if document.is_dated:
        return day_in_words(day)
    return f"ngày {BLANK_PART} tháng {BLANK_PART} năm {day.year}"


def drafter_line(document: AdministrativeDocument) -> str:
    """Return who drafted, and in how many copies it is issued: “NTH.05”."""
    mark = document.drafter_mark.upper()
    return f"{mark}.{document.copies:02}" if mark and document.copies else mark


def with_marks(lines: Iterable[str], mark: str, last: str) -> list[str]:
    """Return the lines with the mark after each, and another after the last."""
    bare = [line.strip().rstrip(" ;,.") for line in lines]
    kept = [line for line in bare if line]
    return [f"{line}{mark}" for line in kept[:-1]] + [f"{line}{last}" for line in kept[-1:]]


def ended(body: tuple[Block, ...], form: KindForm, style: Style) -> tuple[Block, ...]:
    """Return the body with the mark that ends a text after its last sentence."""
    if not body or not (form.ends_with_mark and style.end_mark):
        return body
    final = body[-1]
    if not final.text.endswith(".") or final.text.endswith(style.end_mark):
        return body
    return (*body[:-1], replace(final, text=f"{final.text.rstrip('.')}{style.end_mark}"))


def _signer(signer: Signer, clean: Clean) -> Values:
    return {
        "capacity": _lines(signer.capacity, clean),
        "title": _lines(signer.title, clean),
        "name": clean(signer.name),
    }


def _annex(annex: Annex, place: int, document: AdministrativeDocument, clean: Clean) -> Values:
    is_only = len(document.annexes) == 1
    number = "" if is_only else f" {roman(place + 1)}"
    return {
        "label": f"Phụ lục{number}",
        "title": clean(annex.title),
        "of": clean(_reference(document)),
        "is_across": annex.is_across,
        "body": _blocks(annex.body, clean),
    }


def _reference(document: AdministrativeDocument) -> str:
    """Return which document an annex belongs to."""
    if not form_of(document.kind, document.profile).is_numbered:
        return document.attached_to.strip("() ")
    issuer = in_full(document.letterhead.issuer).replace("\n", " ")
    return _DOCUMENT_OF.format(
        kind=DocumentKind(document.kind).label,
        number=number_line_of(document),
        day=day_words(document),
        issuer=issuer,
    )


def roman(number: int) -> str:
    """Return a small number in Roman letters."""
    tens, ones = divmod(number, 10)
    return "X" * tens + (_ROMANS[ones - 1] if ones else "")


def _blocks(blocks: Iterable[Block], clean: Clean) -> list[Values]:
    return [_block(block, clean) for block in blocks]


def _block(block: Block, clean: Clean) -> Values:
    said: Values = {
        "kind": block.kind,
        "number": clean(block.number),
        "is_heading": block.is_heading,
        "runs": _runs(block.text, clean),
    }
    if block.title:
        said["title"] = _runs(block.title, clean)
    if block.kind == markup.TABLE:
        said["rows"] = [[_runs(cell, clean) for cell in row] for row in block.rows]
        said["aligned"] = list(block.aligned)
        said["has_head"] = block.has_head
        said["widths"] = list(_widths(block))
    return said


_SHORT = 16  # what stands on one line: a name, a day


def _widths(block: Block) -> Iterator[int]:
    """Yield how wide each column is: by its longest word and by how much it says."""
    for column in zip(*block.rows, strict=True):
        word = max((len(word) for cell in column for word in cell.split()), default=1)
        most = max(len(cell) for cell in column)
        said = most * 5 // 4 if most <= _SHORT else min(most, 60) // 2
        yield max(4, min(word * 3 // 2, 30), said)


def _runs(text: str, clean: Clean) -> list[Values]:
    return [asdict(run) | {"text": clean(run.text)} for run in markup.runs_of(text)]


def _lines(text: str, clean: Clean) -> list[str]:
    return [clean(line) for line in text.split("\n") if line.strip()]


def _each(texts: Iterable[str], clean: Clean) -> list[str]:
    return [clean(text) for text in texts]
