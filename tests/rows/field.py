"""Acts in the field, of a council and about a posting, each on its own page."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import DossierStep
from motcua.lib.clock import local, now

from .acts import act, finish, receive_at_desk, take
from .hall import Hall, dossier, whole
from .visitor import Visitor

Typed = Mapping[str, Any]


def at_desk(
    hall: Hall, procedure: str, name: str, answers: Typed, typed: Typed | None = None
) -> str:
    """Let the desk of the ward receive somebody who fills in the form there; return the code."""
    form = {f"a_{key}": value for key, value in answers.items()}
    return receive_at_desk(hall("binh"), procedure, name, {**form, **(typed or {})})


def known(code: str) -> dossiers.field.FieldWork:
    """Return meetings, postings and names under minutes as they stand."""
    return dossiers.field.field_work(dossier(code))


def planned(officer: Visitor, code: str, step: DossierStep, typed: Typed | None = None) -> int:
    """Let an officer make an appointment for later today; return the visit's number."""
    take(officer, code, step)
    soon = local(now() + timedelta(hours=1))
    said = {"planned_on": f"{soon:%d/%m/%Y}", "planned_at": f"{soon:%H:%M}"}
    act(officer, code, "hen-thuc-dia", {**said, "place": "Bản Noong Bua", **(typed or {})})
    return whole(code).visits[-1].seq


def visited(
    officer: Visitor, code: str, step: DossierStep, found: Typed, minutes: str = "Đúng hiện trạng."
) -> int:
    """Let an officer go there, fill in the version's list and finish the step."""
    seq = planned(officer, code, step)
    act(officer, code, "bien-ban", {"minutes": minutes, **found}, item=seq)
    finish(officer, code, step)
    return seq


def convened(officer: Visitor, code: str, when: datetime, seats: Typed) -> int:
    """Let an officer call a council together; return the meeting's number."""
    said = {"planned_on": f"{local(when):%d/%m/%Y}", "planned_at": f"{local(when):%H:%M}"}
    act(officer, code, "trieu-tap", {**said, "place": "Hội trường Ủy ban", **seats})
    return known(code).meetings[-1].seq


def seats_of(code: str, meeting: int) -> dict[str, int]:
    """Return the number of each seat by who was asked."""
    return {one.name: one.seq for one in known(code).seats if one.meeting_seq == meeting}


def signs(officer: Visitor, code: str, seq: int, typed: Typed) -> Visitor:
    """Let somebody sign minutes on the officer's phone."""
    return act(officer, code, "ky-bien-ban", typed, item=seq)


def posted(code: str) -> Any:
    """Return what is posted of the dossier."""
    return known(code).postings[-1]


def objects(hall: Hall, login: str, code: str, words: str) -> Visitor:
    """Let somebody with an account say something against what is posted."""
    person = hall(login).go("/niem-yet/").follow(posted(code).title)
    return person.press("Gửi ý kiến", {"text": words})
