"""What a form is made of, frozen."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.casework.forms.choices import FieldKind


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, as stored and as shown."""

    value: str
    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `required` and `show_when` are conditions over the answers so far.

    `prefill` names a fact known about the person ("person.full_name"); `searchable` answers are
    kept apart at filing so that dossiers can be found by them. `computed` is an expression: such
    a field is not asked. `as_of` says on which day a place is meant: another field, or “today”.
    `decimals` is how many a number may have behind its comma.
    Words ending in `_en` are English; without them the Vietnamese ones are shown.
    """

    name: str
    kind: FieldKind
    label: str
    hint: str = ""
    why: str = ""
    required: str = "true"
    show_when: str = ""
    prefill: str = ""
    searchable: bool = False
    options: tuple[Option, ...] = ()
    fields: tuple["Field", ...] = ()
    max_length: int = 0
    minimum: int | None = None
    maximum: int | None = None
    decimals: int = 0
    autocomplete: str = ""
    computed: str = ""
    as_of: str = ""
    label_en: str = ""
    hint_en: str = ""
    why_en: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One group of questions, shown on a page of its own."""

    title: str
    fields: tuple[Field, ...]
    why: str = ""
    show_when: str = ""
    title_en: str = ""
    why_en: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """An electronic form, complete: what is asked, page by page."""

    code: str
    title: str
    pages: tuple[Page, ...]
    title_en: str = ""

    def all_fields(self) -> Iterator[Field]:
        """Yield every field of the form, those inside groups left out."""
        for page in self.pages:
            yield from page.fields
