"""What an officer adds to an outcome: the serials of its blanks, what comes from outside."""

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import get_dossier, make_received, open_step
from motcua.lib.clock import now

from .make import Office, address, make_office, text_of

pytestmark = pytest.mark.django_db
ADDED = (
    "validity_months: 6,",
    (
        "validity_months: 6, has_serial: true,"
        " entries: [{{name: ma_so_thue, label: Mã số thuế, kind: tax_code}}],"
    ),
)
RIGHT = {"kind": "granted", "source": "san", "serial": "AA 0001", "ma_so_thue": "5600123456"}


def propose(office: Office, code: str, **typed: str) -> int:
    """Let Mai finish her step with what she typed; return the answer's status."""
    path = f"{address(code, 'hoan-thanh')}?buoc={open_step(code).seq}"
    return office.mai.post(path, {**RIGHT, **typed}).status_code


def test_what_is_added_stands_in_the_draft_and_on_the_page() -> None:
    office = make_office(text_change=ADDED)
    code = make_received(office.commune, at=now())

    status = propose(office, code)

    draft = dossiers.whole(get_dossier(code)).outcomes[0]
    page = text_of(office.thu, address(code))
    assert (status, draft.serial, draft.entries) == (302, "AA 0001", {"ma_so_thue": "5600123456"})
    assert ("phôi AA 0001" in page, "Mã số thuế: 5600123456" in page) == (True, True)


@pytest.mark.parametrize(
    "wrong",
    [{"serial": ""}, {"serial": "AA 0001 – AA 0002"}, {"serial": "?"}, {"ma_so_thue": "12"}],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(wrong: dict[str, str]) -> None:
    office = make_office(text_change=ADDED)
    code = make_received(office.commune, at=now())

    assert propose(office, code, **wrong) == 422
    assert list(dossiers.whole(get_dossier(code)).outcomes) == []


def test_a_draft_that_is_only_looked_at_later_needs_nothing_yet() -> None:
    office = make_office(text_change=ADDED)
    code = make_received(office.commune, at=now())

    assert propose(office, code, kind="later", serial="", ma_so_thue="") == 302
