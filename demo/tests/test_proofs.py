"""The proofs of the kill test hold for honest data, and each of them can fail."""

import pytest
from django.db import connection

from demo.bench.proofs import prove
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import LAN, MONDAY, make_all, make_application

pytestmark = pytest.mark.django_db(transaction=True)
DAMAGES = {
    "a lost dossier": "UPDATE dossiers_dossier SET code = 'H18.101-260302-0003' WHERE id = {id}",
    "a repeated number": "UPDATE numbering_series SET latest = 1",
    "a gap": "UPDATE numbering_series SET latest = 3",
    "a version ahead": "UPDATE dossiers_dossier SET version = 2 WHERE id = {id}",
    "a changed move": "UPDATE dossiers_dossiermove SET note = 'x' WHERE dossier_id = {id}",
    "no answers": "DELETE FROM dossiers_dossieranswers WHERE dossier_id = {id}",
    "no scope": "DELETE FROM dossiers_dossierscope WHERE dossier_id = {id}",
    "a lost fact": "DELETE FROM outbox_fact WHERE aggregate_id = {id}",
    "a wrong figure": "UPDATE indicators_rollup SET value = value + 1",
    "a lost key": "DELETE FROM requests_requestkey",
}


def file_two() -> list[dict[str, str]]:
    """Return the journal of two dossiers filed."""
    application = make_application(make_all())
    lines = []
    for key in ("k-1", "k-2"):
        code = dossiers.file_application(application, by=LAN, at=MONDAY, key=key)
        lines.append({"key": key, "code": code, "act": "file"})
    return lines


def test_honest_data_has_nothing_against_it() -> None:
    assert prove(file_two())["offences"] == []


def test_an_act_that_was_promised_and_is_not_there_is_named() -> None:
    lines = file_two()
    promised = {"code": lines[0]["code"], "act": "receive"}

    found = prove([*lines, promised])["offences"]

    assert found == [f"{lines[0]['code']} receive: promised 1, done 0"]


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_damaged_data_is_found_out(damage: str) -> None:
    lines = file_two()
    prove(lines)
    pk = dossiers.Dossier.objects.get(code=lines[1]["code"]).pk
    with connection.cursor() as cursor:
        cursor.execute(DAMAGES[damage].format(id=pk))

    assert prove(lines)["offences"] != []
