"""The fields of the Word templates of administrative documents, and what comes in their place.

Source: docs/law/document-layout.md
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from motcua.foundation.papers.choices import DocumentKind, LayoutProfile

from . import markup
from .document_values import Values, broken_name, ended, with_marks
from .documents import AdministrativeDocument
from .kinds import KindForm, form_of
from .parts import Signer
from .profiles import Style, style_of
from .starting import starting_body
from .word_places import WordFields

# What stands in a draft until it is signed.
NUMBER_MARK, DAY_MARK, NAME_MARK = "[số, ký hiệu]", "[ngày tháng năm ký]", "[người ký]"
_ADDRESSEES = (
    "{%p if kinh_gui|length == 1 %}",
    "{{ kinh_gui[0] }}",
    "{%p else %}",
    "{%p for dong in kinh_gui %}",
    "{{ dong }}",
    "{%p endfor %}",
    "{%p endif %}",
)


def word_fields(
    *,
    notation: str,
    name: str,
    kind: int = DocumentKind.DECISION,
    profile: str = LayoutProfile.GOVERNMENT,
    check_url: str = "",
) -> WordFields:
    """Return where number, day and signature of a draft in Word come to stand.

    A kind without number or day in its head has no such places.
    """
    form = form_of(kind, profile)
    return WordFields(
        number_mark=NUMBER_MARK if form.is_numbered else "",
        day_mark=DAY_MARK if form.has_place else "",
        name_mark=NAME_MARK,
        notation=notation,
        name=name,
        check_url=check_url,
        joint=style_of(profile).number_joint,
    )


def template_values(document: AdministrativeDocument) -> dict[str, Any]:
    """Return what every field of the template of a document's kind is filled with.

    Number, day and signer stay marks until somebody signs.
    """
    style = style_of(document.profile)
    signer, other = _both(document)
    return {
        "co_quan": {
            "chu_quan": document.letterhead.superior,
            "ten": broken_name(document.letterhead.issuer),
            "dia_danh": document.letterhead.place,
        },
        "trich_yeu": document.subject,
        "tham_quyen": document.authority,
        "kem_theo": document.attached_to,
        "kinh_gui": _addressed(document.addressees),
        "can_cu": with_marks(document.bases, ";", "."),
        "noi_nhan": with_marks(document.recipients, style.recipient_end, "."),
        "ky": {
            "so": NUMBER_MARK,
            "ngay": DAY_MARK,
            "nguoi": NAME_MARK,
            "quyen_han": signer.capacity if signer else "",
            "chuc_vu": signer.title if signer else "",
        },
        "nguoi_ky_khac": {
            "chuc_vu": other.title if other else "",
            "ten": other.name if other else "",
        },
    }


def _addressed(addressees: Sequence[str]) -> list[str]:
    """Return one addressee as it is, several each with its mark."""
    marked = with_marks(addressees, ";", ".")
    return [marked[0].rstrip(".")] if len(marked) == 1 else marked


def _both(document: AdministrativeDocument) -> tuple[Signer | None, Signer | None]:
    """Return who signs for the agency, and who signs beside, if anybody does."""
    signers = list(document.signers)
    if not signers:
        return None, None
    is_first = form_of(document.kind, document.profile).is_sealed_first
    ours = signers.pop(0 if is_first else -1)
    return ours, signers[0] if signers else None


def field_values(kind: int, profile: str) -> Values:
    """Return the values of a document in which fields stand, for a template of its kind."""
    form, style = form_of(kind, profile), style_of(profile)
    return {
        "kind": DocumentKind(kind).label,
        "style": asdict(style),
        "form": asdict(form),
        "superior": ["{{ co_quan.chu_quan }}"],
        "issuer": ["{{ co_quan.ten }}"],
        "place": "{{ co_quan.dia_danh }}" if form.has_place else "",
        "number": "{{ ky.so }}" if form.is_numbered else "",
        "day": {"words": "{{ ky.ngay }}"},
        "subject": "{{ trich_yeu }}",
        "brief": "{{ trich_yeu }}",
        "authority": ["{{ tham_quyen }}"] if form.needs_authority else [],
        "addressees": _ADDRESSEES if _is_addressed(kind) else (),
        "bases": [_plain(line) for line in _repeated("can_cu")] if form.enacting else [],
        "attached_to": "" if form.has_place or form.is_numbered else "{{ kem_theo }}",
        "body": _body(kind, profile, form, style),
        "signers": _signers(form),
        "sealed": 0 if form.is_sealed_first else form.signers - 1,
        "recipients": _repeated("noi_nhan"),
        "urgency": "",
        "circulation": "",
        "drafter": "",
        "contact": "",
        "annexes": [],
        "is_draft": False,
    }


def _repeated(name: str) -> list[str]:
    """Return a line that Word's template repeats for each text of a list."""
    return [f"{{%p for dong in {name} %}}", "{{ dong }}", "{%p endfor %}"]


def _is_addressed(kind: int) -> bool:
    return kind in {
        DocumentKind.OFFICIAL_LETTER,
        DocumentKind.TELEGRAM,
        DocumentKind.PROPOSAL,
        DocumentKind.REPORT,
    }


def _plain(line: str) -> list[dict[str, Any]]:
    return [asdict(markup.Run(text=line))]


def _signers(form: KindForm) -> list[Values]:
    main = {
        "capacity": ["{{ ky.quyen_han }}"],
        "title": ["{{ ky.chuc_vu }}"],
        "name": "{{ ky.nguoi }}",
    }
    other = {
        "capacity": [],
        "title": ["{{ nguoi_ky_khac.chuc_vu }}"],
        "name": "{{ nguoi_ky_khac.ten }}",
    }
    others = [other] * (form.signers - 1)
    return [main, *others] if form.is_sealed_first else [*others, main]


def _body(kind: int, profile: str, form: KindForm, style: Style) -> Sequence[Values]:
    blocks = markup.body_from(starting_body(kind, profile))
    return [
        {**asdict(one), "runs": [asdict(run) for run in markup.runs_of(one.text)]}
        | ({"title": _plain(one.title)} if one.title else {})
        for one in ended(blocks, form, style)
    ]
