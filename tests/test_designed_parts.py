"""Pages that write what steps do besides: every entry of the demo opens and is kept as it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.casework.forms.api import mark_of
from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice import content_work
from motcua.channels.backoffice.content_parts import changed, entries_of, keys_of
from motcua.channels.backoffice.forms.content_work import WORK_FORMS, WorkForm

TEXTS = sorted((Path(__file__).parents[1] / "demo/procedures").glob("*.yaml"))
READ = [procedures.read_text(path.read_text(encoding="utf-8")) for path in TEXTS]


def entries(key: str) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield every entry of a kind with the text it stands in."""
    return ((data, one) for data in READ for one in entries_of(key, data))


def form_of(key: str, data: Any, one: Any, typed: dict[str, Any] | None = None) -> WorkForm:
    """Return the page of an entry; with `typed` as it is sent, over what the page showed."""
    kind: Any = WORK_FORMS[key]
    shown: WorkForm = kind(initial=kind.initial_of(one), **content_work.asked(key, data, one))
    if typed is None:
        return shown
    values = {bound.html_name: bound.value() for bound in shown}
    sent = {
        name: value for name, value in values.items() if value is not None and value is not False
    }
    asked = content_work.asked(key, data, one)
    form: WorkForm = kind({**sent, **typed}, initial=kind.initial_of(one), **asked)
    return form


def kept(key: str, data: Any, one: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of the text once an entry is saved."""
    seen, code = mark_of(one), str(one["code"])
    parts = {name: data.get(name) for name in keys_of(key)}
    put = procedures.put_entry
    return dict(changed(key, parts, lambda those: put(those, code, values, seen=seen)))


@pytest.mark.parametrize(("key", "count"), [("findings", 23), ("postings", 2), ("slip", 2)])
def test_every_entry_opens_and_is_saved_as_it_was(key: str, count: int) -> None:
    seen = 0
    assert len(READ) == 30
    for data, one in entries(key):
        form = form_of(key, data, one, {})
        assert form.is_valid(), (one["code"], form.errors)
        after = kept(key, data, one, form.plain(one))
        assert repr(after) == repr({name: data.get(name) for name in after})  # in its order, too

        anew = kept(key, data, one, form.plain({}))
        known = procedures.parse_definition(data)
        assert procedures.parse_definition({**data, **anew}) == known
        seen += 1
    assert seen == count


def test_what_minutes_of_councils_say_is_left_to_the_council() -> None:
    of_councils = [(data, step) for data in READ for step in data.get("councils") or ()]

    assert len(of_councils) == 3
    for data, step in of_councils:
        assert step not in {one["step"] for one in entries_of("findings", data)}
