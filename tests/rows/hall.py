"""The people of the province at their browsers, and the hour of the day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pypdfium2
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from demo.cast import Cast
from demo.lives import ROLES
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, DossierStep, WholeDossier
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_session
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import HANOI, local, now
from tests.journeys.wall_clock import WallClock

from .visitor import Visitor, squeezed


class Hall:
    """Everybody who can be met: by name, or by what they do where."""

    def __init__(self, cast: Cast, clock: WallClock) -> None:
        self.cast, self.clock = cast, clock
        cache.clear()

    def __call__(self, login: str) -> Visitor:
        """Return somebody of the demo's people, signed in: “binh”, “lan@dienbien.example”."""
        account = identity.find_account(login)
        assert account is not None, f"nobody is called {login}"
        return signed_in(account)

    def passer_by(self) -> Visitor:
        """Return somebody who has not signed in."""
        return Visitor("", Client())

    def officer(self, unit_code: str, role: PostRole) -> Visitor:
        """Return who sits in a unit in that role, else in the unit above it in its agency."""
        unit = organisation.tree().unit_by_code(unit_code)
        assert unit is not None, f"there is no unit {unit_code}"
        return self._holder(unit.id, role)

    def doer(self, step: DossierStep) -> Visitor:
        """Return who does a step: its own officer, else whoever has the role in its unit."""
        if step.assignee_id:
            return signed_in(identity.Account.objects.get(pk=step.assignee_id))
        return self._holder(step.unit_id, ROLES[step.role])

    def _holder(self, unit_id: int, role: PostRole) -> Visitor:
        for place in organisation.tree().ancestors(unit_id):
            for seat in self.cast.seats:
                if (seat.unit_id, seat.role) == (place, role):
                    return signed_in(identity.Account.objects.get(officer_id=seat.officer_id or 0))
        message = f"nobody is {role} in or above unit {unit_id}"
        raise LookupError(message)

    def agency(self, code: str) -> str:
        """Return an agency's name as the pages offer it."""
        found = organisation.tree().agency_by_code(code)
        assert found is not None, f"there is no agency {code}"
        return found.name

    def set(self, when: str) -> None:
        """Let it be that moment now on the clocks of Hà Nội: “16/03/2026 09:00”."""
        self.clock.set(datetime.strptime(when, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI))

    def pass_on(self, time: timedelta) -> None:
        """Let time pass."""
        self.clock.pass_on(time)

    def work(self) -> None:
        """Let the worker do its round: what silence ends, what time ends, what facts ask for."""
        dossiers.close_silent(at=now())
        while outbox.catch_up(at=now()):
            pass


def signed_in(account: identity.Account) -> Visitor:
    """Return a browser in which somebody has just signed in."""
    client, end = Client(), now() + timedelta(days=1)
    client.cookies[settings.SESSION_COOKIE_NAME] = make_session(
        account, at=now(), expire_date=end
    ).session_key
    return Visitor(str(account.full_name), client)


def dossier(code: str) -> Dossier:
    """Return a dossier as it stands."""
    return Dossier.objects.get(code=code)


def whole(code: str) -> WholeDossier:
    """Return a dossier with its parts."""
    return dossiers.whole(dossier(code))


def open_steps(code: str) -> Sequence[DossierStep]:
    """Return what stands open."""
    return whole(code).open_steps


def step_named(code: str, step: str) -> DossierStep:
    """Return the open step with this code."""
    found = [one for one in open_steps(code) if one.code == step]
    assert found, f"{step} is not open, but {[one.code for one in open_steps(code)]}"
    return found[0]


def done(code: str) -> list[tuple[str, str]]:
    """Return every step there was and how it ended."""
    return [(one.code, one.result) for one in whole(code).steps]


def due(code: str) -> str:
    """Return when the result is promised now: “16/03 17:00”."""
    return said(dossier(code).due_at)


def said(at: datetime | None) -> str:
    """Return a moment as it is read in Hà Nội."""
    return f"{local(at):%d/%m %H:%M}" if at else ""


def paper_text(content: bytes) -> str:
    """Return what a PDF says, as the eye takes it."""
    pages = pypdfium2.PdfDocument(content)
    return squeezed(" ".join(page.get_textpage().get_text_range() for page in pages))
