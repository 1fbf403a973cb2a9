"""A page gives up what takes too long; what else there was stays set."""

import pytest
from django.db import OperationalError, connection

from config import patience


@pytest.mark.django_db
def test_a_statement_ends_after_the_time_a_page_has() -> None:
    ours = connection.copy()
    patience.limit(ours.settings_dict, 1)

    with pytest.raises(OperationalError, match="statement timeout"), ours.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    ours.close()


def test_other_options_stay() -> None:
    database = {"OPTIONS": {"prepare_threshold": 5}}

    patience.limit(database, 30)

    assert database["OPTIONS"] == {
        "prepare_threshold": 5,
        "options": "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
    }
