"""Form fields that clean what people really type and render themselves."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template import engines
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazystr
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.lib.text import tidy

from .days import read_day
from .words import file_size, short_day

Look = dict[str, Any]
if TYPE_CHECKING:
    Sent: TypeAlias = UploadedFile[Any]
else:
    Sent = UploadedFile
PERSONAL_ID = re.compile(r"\d{12}")
PHONE = re.compile(r"0(?:[35789]\d{8}|2\d{9})")
PARTS = ("day", "month", "year")


def ask(verb: str, label: object) -> str:
    """Return what to say when an answer is missing, such as “Hãy nhập họ và tên.”."""
    if (words := str(label)).endswith("?"):
        return now_("Hãy trả lời câu hỏi “%(question)s”.") % {"question": words}
    if not words or words.endswith("."):
        return f"{verb}."
    return f"{verb} {words[0].lower()}{words[1:]}."


class Looks(forms.Field):
    """What a field adds to Django's: how it looks, and what it says when left empty.

    `look` holds extra parameters of the macro: width, suffix, autocomplete, size, inline, attrs.
    """

    kind = "text"
    verb = _("Hãy nhập")
    own_look: Look = {}

    def __init__(self, *, look: Look | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.look = {**self.own_look, **(look or {})}
        if "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = lazystr(LazyAsk(self))
        self.error_messages.setdefault("max_length", lazystr(LazyLength(self)))

    def asked(self) -> str:
        """Return what is said when it is left empty."""
        return ask(str(self.verb), self.label or "")


class LazyAsk:
    """The sentence for an empty field; the label may be set after the field is made."""

    def __init__(self, field: Looks) -> None:
        self._field = field

    def __str__(self) -> str:
        return self._field.asked()


class LazyLength(LazyAsk):
    """The sentence for an answer that is too long, with places for both lengths."""

    def __str__(self) -> str:
        places = {"most": "%(limit_value)s", "written": "%(show_value)s"}
        label = str(self._field.label or "").replace("%", "%%")
        if not label:
            return now_("Dài quá: tối đa %(most)s chữ cái, nay có %(written)s.") % places
        return now_("“%(label)s” dài quá: tối đa %(most)s chữ cái, nay có %(written)s.") % (
            {"label": label, **places}
        )


class TextField(Looks, forms.CharField):
    """One line, stored in NFC with single spaces."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class LongTextField(Looks, forms.CharField):
    """Several lines, stored in NFC, line breaks kept."""

    kind = "textarea"
    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        lines = (super().to_python(value) or "").splitlines()
        return "\n".join(tidy(line) for line in lines).strip()


class SecretField(Looks, forms.CharField):
    """A password or code: taken exactly as typed, never shown again."""

    own_look = {"type": "password", "width": "20"}
    widget = forms.PasswordInput


class DigitsField(TextField):
    """Digits, typed with or without blanks and dots between them."""

    pattern = re.compile(r"\d*")
    refusal = _("Chỉ nhập chữ số.")

    def to_python(self, value: Any) -> str:
        digits = re.sub(r"[\s.\-()]", "", super().to_python(value))
        if digits and not self.pattern.fullmatch(digits):
            raise ValidationError(self.refusal, code="invalid")
        return digits


class PersonalIdField(DigitsField):
    """A personal number (số định danh cá nhân): twelve digits."""

    own_look = {"inputmode": "numeric", "width": "10", "attrs": {"spellcheck": "false"}}
    pattern = PERSONAL_ID
    refusal = _("Số định danh cá nhân có đúng 12 chữ số, như trên thẻ căn cước.")


class PhoneField(DigitsField):
    """A Vietnamese telephone number, stored with its leading 0."""

    own_look = {"type": "tel", "inputmode": "tel", "width": "10", "autocomplete": "tel"}
    pattern = PHONE
    refusal = _("Số điện thoại chưa đúng. Ví dụ: 0912 345 678.")

    def to_python(self, value: Any) -> str:
        return super().to_python(re.sub(r"^\s*(\+|00)?84", "0", str(value or "")))


class NumberField(Looks, forms.IntegerField):
    """A whole number."""

    own_look = {"inputmode": "numeric", "width": "5"}
    widget = forms.TextInput


class MoneyField(NumberField):
    """A sum in đồng; “1.250.000”, “1,250,000 đ” and “1250000” are the same."""

    own_look = {"inputmode": "numeric", "width": "10", "suffix": _("đồng")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, **kwargs})

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"(?i)[\s.,]|đồng|đ|vnd", "", str("" if value is None else value))
        return super().to_python(text)


class DayWidget(forms.Widget):
    """Three boxes, or one: both spellings are read."""

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Sent],  # noqa: ARG002 -- Django's signature
        name: str,
    ) -> str:
        if data.get(name):
            return str(data[name])
        parts = [str(data.get(f"{name}_{part}", "")).strip() for part in PARTS]
        return "/".join(parts) if any(parts) else ""

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: Mapping[str, Any],  # noqa: ARG002 -- Django's signature
        name: str,
    ) -> bool:
        return name not in data and f"{name}_day" not in data


class DayField(Looks, forms.DateField):
    """A day in three boxes; with `look={"single": True}` in one, for officers who type fast."""

    kind = "date"
    widget = DayWidget

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, date) else read_day(str(value))


class SelectField(Looks, forms.ChoiceField):
    kind = "select"
    verb = _("Hãy chọn")


class Answers(Looks):
    """A few answers, all in view.

    `hints` maps a value to a line below its word, `reveals` to the id of a part it opens.
    """

    verb = _("Hãy chọn")

    def __init__(
        self,
        *,
        hints: Mapping[str, object] | None = None,
        reveals: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.hints = hints or {}
        self.reveals = reveals or {}


class RadioField(Answers, forms.ChoiceField):
    """One of a few answers."""

    kind = "radios"
    widget = forms.RadioSelect


class ManyField(Answers, forms.MultipleChoiceField):
    """Any of a few answers."""

    kind = "checkboxes"
    widget = forms.CheckboxSelectMultiple


class TickField(Looks, forms.BooleanField):
    """One box to tick."""

    kind = "checkbox"
    verb = _("Hãy đánh dấu ô này")

    def asked(self) -> str:
        named = now_("Hãy đánh dấu ô “%(label)s”.") % {"label": self.label}
        return f"{self.verb}." if str(self.label or ".").endswith(".") else named


class UploadToken(str):
    """A file already sent in parts; the portal's upload story knows it by this token."""

    __slots__ = ()


class UploadWidget(forms.Widget):
    """Reads files sent with the form and tokens of those sent in parts before it."""

    needs_multipart_form = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Sent], name: str
    ) -> list[Sent | UploadToken]:
        many = data.getlist(f"{name}_token") if hasattr(data, "getlist") else []
        return [*files.getlist(name), *(UploadToken(token) for token in many if token)]

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        return name not in files and f"{name}_token" not in data


class UploadField(Looks):
    """Files: cleans to a list of `UploadedFile` and `UploadToken`."""

    kind = "file"
    verb = _("Hãy chọn tệp:")
    widget = UploadWidget

    def __init__(
        self,
        *,
        accept: str = ".pdf,image/jpeg,image/png",
        max_bytes: int = 20_000_000,
        multiple: bool = False,
        upload_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.max_bytes = max_bytes
        self.look |= {
            "accept": accept,
            "max_bytes": max_bytes,
            "multiple": multiple,
            "upload_url": upload_url,
        }

    def clean(self, value: Any) -> list[Sent | UploadToken]:
        found: list[Sent | UploadToken] = super().clean(value) or []
        for file in found:
            if isinstance(file, UploadedFile) and (file.size or 0) > self.max_bytes:
                raise ValidationError(
                    _("Tệp “%(name)s” nặng %(size)s, quá giới hạn %(limit)s."),
                    code="too_big",
                    params={
                        "name": file.name,
                        "size": file_size(file.size or 0),
                        "limit": file_size(self.max_bytes),
                    },
                )
        return found


class KitForm(forms.Form):
    """A form whose fields render themselves: `{{ form.field("name") }}`, `{{ form.summary() }}`."""

    use_required_attribute = False

    def field(self, name: str, **look: Any) -> SafeString:
        """Return one field with its label, hint, error and control."""
        return SafeString(components().field(self[name], **look))

    def summary(self) -> SafeString:
        """Return the list of what is to be corrected, empty if nothing is."""
        return SafeString(components().error_summary(self.problems()))

    def problems(self) -> list[dict[str, str]]:
        """Return what is to be corrected, in the order of the page, each with a link to it."""
        found = [{"text": str(text), "href": ""} for text in self.non_field_errors()]
        for bound in self:
            found += [{"text": str(text), "href": f"#{bound.auto_id}"} for text in bound.errors]
        return found

    def blame(self, message: str, field: str = "") -> None:
        """Show an anticipated refusal beside the field it concerns, if the form has it."""
        self.add_error(field if field in self.fields else None, message)


def components() -> Any:
    backend: Any = engines["jinja2"]
    return backend.env.globals["ui"]


class Shown(NamedTuple):
    """A macro and its parameters."""

    kind: str
    parameters: Look


def field_values(
    bound: forms.BoundField, *, size: str = "", hint: str | None = None, hide_label: bool = False
) -> Shown:
    """Return which macro shows the field, and its parameters."""
    field = bound.field
    kind = "hidden" if bound.is_hidden else getattr(field, "kind", "") or kind_of(field.widget)
    look: Look = dict(getattr(field, "look", {}))
    if kind == "date" and look.pop("single", False):
        kind, look = "text", {"width": "5", "inputmode": "numeric", **look}
    values: Look = {
        "name": bound.html_name,
        "id": bound.auto_id,
        "hint": field.help_text if hint is None else hint,
        "error": " ".join(str(error) for error in bound.errors),
        **look,
    }
    values |= SPECIAL.get(kind, plain)(bound)
    if size:
        values["size"] = size
    if hide_label and kind in ("text", "select"):
        values["hide_label"] = True
    return Shown(kind, values)


def kind_of(widget: forms.Widget) -> str:
    """Return the macro for a field that is not ours, by its widget."""
    for type_, kind in KINDS_BY_WIDGET:
        if isinstance(widget, type_):
            return kind
    return "text"


KINDS_BY_WIDGET: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
)


def plain(bound: forms.BoundField) -> Look:
    value = bound.value()
    if isinstance(value, date):
        value = short_day(value)
    shown = "" if value is None or isinstance(bound.field.widget, forms.PasswordInput) else value
    answer: Look = {"label": bound.label, "value": shown, "optional": not bound.field.required}
    if isinstance(bound.field.widget, forms.PasswordInput):
        answer["type"] = "password"
    if maxlength := getattr(bound.field, "max_length", None):
        answer["maxlength"] = maxlength
    return answer


def hidden(bound: forms.BoundField) -> Look:
    return {"value": "" if bound.value() is None else bound.value()}


def chosen(bound: forms.BoundField) -> Look:
    value = bound.value()
    return {
        "label": bound.label,
        "options": list(options(bound)),
        "value": "" if value is None else value,
        "optional": not bound.field.required,
    }


def one_of(bound: forms.BoundField) -> Look:
    values = chosen(bound)
    hints: Mapping[str, object] = getattr(bound.field, "hints", {})
    reveals: Mapping[str, str] = getattr(bound.field, "reveals", {})
    return {
        "legend": values["label"],
        "options": [
            (value, text, hints.get(str(value), ""), reveals.get(str(value), ""))
            for value, text in values["options"]
            if value != ""
        ],
        "value": values["value"],
        "optional": values["optional"],
    }


def any_of(bound: forms.BoundField) -> Look:
    values = one_of(bound)
    values["values"] = values.pop("value") or ()
    return values


def options(bound: forms.BoundField) -> Iterator[tuple[object, str]]:
    """Yield value and word, groups laid flat."""
    for value, text in getattr(bound.field, "choices", ()):
        if isinstance(text, (list, tuple)):
            yield from text
        else:
            yield value, text


def ticked(bound: forms.BoundField) -> Look:
    return {"label": bound.label, "checked": bool(bound.value())}


def day(bound: forms.BoundField) -> Look:
    """Give back the three boxes as they were typed, even if they make no day."""
    values: Look = {"legend": bound.label, "optional": not bound.field.required}
    if not values_of(bound)["hint"]:
        values["hint"] = now_("Ví dụ: 27 3 1985")
    return values | dict(zip(PARTS, day_parts(bound.value()), strict=True))


def values_of(bound: forms.BoundField) -> Look:
    return {"hint": bound.field.help_text}


def day_parts(value: object) -> Iterable[object]:
    if isinstance(value, date):
        return (value.day, value.month, value.year)
    parts = str(value or "").split("/")
    return parts if len(parts) == len(PARTS) else ("", "", value or "")


def uploads(bound: forms.BoundField) -> Look:
    return {"label": bound.label, "optional": not bound.field.required}


SPECIAL: Mapping[str, Callable[[forms.BoundField], Look]] = {
    "hidden": hidden,
    "select": chosen,
    "radios": one_of,
    "checkboxes": any_of,
    "checkbox": ticked,
    "date": day,
    "file": uploads,
}
