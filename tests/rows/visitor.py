"""Somebody before the pages without a browser: reads, follows links, fills forms in, sends them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

Typed = Mapping[str, Any]
_NO_CONTROLS = frozenset({"submit", "button", "reset", "image"})
_TICKED = frozenset({"radio", "checkbox"})
_DAY = ("day", "month", "year")


def squeezed(text: str) -> str:
    """Return a text as the eye takes it: one blank where there are several."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Visitor:
    """One person at one browser; `path` is where they are, `status` what the last answer was."""

    name: str
    client: Client
    path: str = ""
    status: int = 0
    page: html.HtmlElement = field(default_factory=lambda: html.fromstring("<p></p>"))

    def go(self, address: str, *, refused: bool = False) -> "Visitor":
        """Open an address of the site; a page that is not there fails, unless that is expected."""
        return self._arrive(self.client.get(address, follow=True), address, refused=refused)

    def _arrive(self, answer: Any, address: str, *, refused: bool) -> "Visitor":
        hops = getattr(answer, "redirect_chain", [])
        self.path = urljoin(address, hops[-1][0]) if hops else address
        self.status = answer.status_code
        kind = answer.headers.get("Content-Type", "")
        assert kind.startswith("text/html"), (kind, self.path)
        self.page = html.fromstring(answer.content.decode())
        is_refused = self.status >= 400
        assert is_refused == refused, (
            self.name,
            self.path,
            self.status,
            self.problems or self.text,
        )
        return self

    @property
    def code(self) -> str:
        """Return the code of the dossier the person has before them."""
        return urlsplit(self.path).path.split("/ho-so/")[1].split("/")[0]

    @property
    def text(self) -> str:
        """Return what the page says, without its frame."""
        found = self.page.xpath("//main")
        return squeezed((found[0] if found else self.page).text_content())

    @property
    def problems(self) -> str:
        """Return what the page complains about."""
        found = self.page.xpath("//*[contains(@class, 'error')]")
        return squeezed(" ".join(one.text_content() for one in found))

    def reads(self, *words: str) -> None:
        """Say that the person sees these words."""
        for some in words:
            assert squeezed(some) in self.text, f"{some!r} is not on {self.path}: {self.text}"

    def does_not_read(self, *words: str) -> None:
        """Say that the person does not see these words."""
        for some in words:
            assert squeezed(some) not in self.text, f"{some!r} stands on {self.path}"

    def links(self, words: str = "") -> list[str]:
        """Return where the links of the page lead whose text holds these words."""
        found = [one for one in self.page.iter("a") if words in squeezed(one.text_content())]
        return [urljoin(self.path, one.get("href", "")) for one in found]

    def follow(self, words: str, *, refused: bool = False) -> "Visitor":
        """Follow the first link with these words."""
        found = self.links(words)
        assert found, f"no link {words!r} on {self.path}: {self.text}"
        return self.go(found[0], refused=refused)

    def fetch(self, address: str) -> bytes:
        """Return a file of the site."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (answer.status_code, address)
        return bytes(answer.getvalue())

    def has_button(self, words: str) -> bool:
        """Say whether there is a button with these words."""
        return any(words in squeezed(one.text_content()) for one in self.page.iter("button"))

    def names(self) -> set[str]:
        """Return the names of everything that can be filled in on the page."""
        return {one.get("name", "") for one in self.page.xpath("//*[@name]")}

    def options(self, name: str) -> dict[str, str]:
        """Return what can be chosen in a field: the words of every value."""
        chosen = self.page.xpath("//select[@name=$name]//option", name=name)
        if chosen:
            return {one.get("value", ""): squeezed(one.text_content()) for one in chosen}
        boxes = self.page.xpath("//input[@name=$name]", name=name)
        labels = {one.get("for"): squeezed(one.text_content()) for one in self.page.iter("label")}
        return {one.get("value", ""): labels.get(one.get("id"), "") for one in boxes}

    def press(self, words: str, typed: Typed | None = None, *, refused: bool = False) -> "Visitor":
        """Fill in what was typed and press the button with these words.

        A day is typed as 13/03/2026, a choice by its value or its words, a tick by True; a name
        the form does not have fails.
        """
        button = next((b for b in self._buttons() if words in squeezed(b.text_content())), None)
        assert button is not None, f"no button {words!r} on {self.path}: {self.text}"
        form = _form_of(button)
        data = filled(form, typed or {})
        if button.get("name"):
            data.setdefault(button.get("name", ""), []).append(button.get("value", ""))
        address = urljoin(self.path, button.get("formaction") or form.get("action") or self.path)
        if form.get("method", "get") == "get":
            return self._arrive(
                self.client.get(address, data, follow=True), address, refused=refused
            )
        return self._arrive(self.client.post(address, data, follow=True), address, refused=refused)

    def _buttons(self) -> Iterator[html.HtmlElement]:
        """Yield the buttons that send a form, those of the page before those of its frame."""
        yield from self.page.xpath("//main//button[ancestor::form]")
        yield from self.page.xpath("//button[ancestor::form and not(ancestor::main)]")


def _form_of(button: html.HtmlElement) -> html.HtmlElement:
    found: list[html.HtmlElement] = button.xpath("ancestor::form")
    return found[-1]


def filled(form: html.HtmlElement, typed: Typed) -> dict[str, list[Any]]:
    """Return what a browser would send: what stands in the form, and over it what was typed."""
    data = standing(form)
    for name, value in typed.items():
        controls = form.xpath(".//*[@name=$name]", name=name)
        parts = form.xpath(".//*[@name=$name]", name=f"{name}_day")
        assert controls or parts, f"the form has no {name!r}, but {sorted(data)}"
        if controls:
            data[name] = _values(controls, value)
            continue
        for part, digits in zip(_DAY, str(value).split("/"), strict=True):
            data[f"{name}_{part}"] = [digits]
    return data


def standing(form: html.HtmlElement) -> dict[str, list[Any]]:
    """Return what stands in the form."""
    data: dict[str, list[Any]] = {}
    for one in form.xpath(".//input | .//select | .//textarea"):
        name, kind = one.get("name"), one.get("type", "text")
        if not name or one.get("disabled") is not None or kind in _NO_CONTROLS | {"file"}:
            continue
        if kind in _TICKED and one.get("checked") is None:
            continue
        data.setdefault(name, []).append(_standing_in(one))
    return data


def _standing_in(one: html.HtmlElement) -> str:
    if one.tag == "select":
        options = one.xpath(".//option")
        chosen = [option for option in options if option.get("selected") is not None]
        return str((chosen or options)[0].get("value", "")) if options else ""
    if one.tag == "textarea":
        return str(one.text or "").removeprefix("\n")
    return str(one.get("value", "on" if one.get("type") in _TICKED else ""))


def _values(controls: list[html.HtmlElement], value: Any) -> list[Any]:
    """Return what is sent for one name; what cannot be chosen there fails."""
    first = controls[0]
    if first.tag == "select":
        return [_option(first, value)]
    if first.get("type") in _TICKED:
        there = [one.get("value", "on") for one in controls]
        if value is True and first.get("type") == "checkbox":
            return there
        wanted = [str(one) for one in value] if isinstance(value, list | set | tuple) else [value]
        wanted = [] if value is False and "false" not in there else wanted
        said = [str(one).lower() if isinstance(one, bool) else str(one) for one in wanted]
        assert set(said) <= set(there), f"{said} is not among {there}"
        return said
    if first.get("type") == "file":
        return [SimpleUploadedFile(name, content) for name, content in _files(value)]
    return list(value) if isinstance(value, list | tuple) and len(controls) > 1 else [value]


def _option(select: html.HtmlElement, value: Any) -> str:
    there = {
        one.get("value", ""): squeezed(one.text_content()) for one in select.xpath(".//option")
    }
    if str(value) in there:
        return str(value)
    found = [key for key, words in there.items() if words == value]
    assert found, f"{value!r} is not among {there}"
    return str(found[0])


def _files(value: Any) -> list[tuple[str, bytes]]:
    return list(value) if isinstance(value, list) else [value]
