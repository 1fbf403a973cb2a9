"""Who writes on while somebody publishes waits, and then writes the next draft."""

import threading
from dataclasses import replace

import pytest
from django.db import connection, transaction

from motcua.casework.fees.operations.tables import publish_table, save_table
from motcua.casework.fees.queries.tables import versions_of

from .make import EDITOR, NOW, RULES, TABLE, _fresh, model_with

__all__ = ["_fresh"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_fresh")
def test_what_is_being_published_is_not_written_over() -> None:
    draft = save_table(TABLE, by=EDITOR, at=NOW)
    other = replace(TABLE, model=model_with(RULES[:1], annotations=("Căn cứ",)))

    def write_on() -> None:
        try:
            save_table(other, by=EDITOR, at=NOW)
        finally:
            connection.close()

    writer = threading.Thread(target=write_on)
    with transaction.atomic():
        publish_table(draft.pk, draft.digest, by=EDITOR, at=NOW)
        writer.start()
        writer.join(0.2)
    writer.join()

    found = [(one.number, one.state) for one in versions_of(TABLE.code)]
    assert found == [(2, "draft"), (1, "published")]
