"""The nightly look at the books, and the command: both say what is wrong, and fail."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from motcua.casework.cashbook.errors import BooksOutOfBalance
from motcua.casework.cashbook.operations.checking import check_books
from motcua.casework.cashbook.tasks import check_every_night

from .make import NOON, booked, make_place
from .test_posting import FALSE_SUMS

pytestmark = pytest.mark.django_db


def wrong_by(vnd: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FALSE_SUMS)
        cursor.execute("INSERT INTO false_sums VALUES (%s)", [vnd])


def test_books_in_balance_pass_in_silence() -> None:
    booked(make_place())

    check_every_night(NOON)


def test_books_out_of_balance_stop_the_job_with_what_is_wrong() -> None:
    booked(make_place())
    wrong_by(7_000)

    with pytest.raises(BooksOutOfBalance, match=r"lệch 7\.000 đồng"):
        check_books(at=NOON)


def test_the_command_says_that_all_is_well() -> None:
    booked(make_place())
    said = StringIO()

    call_command("cashbook_check", stdout=said)

    assert said.getvalue().startswith("Sổ quỹ cân")


def test_the_command_fails_naming_the_account() -> None:
    booked(make_place())
    wrong_by(7_000)
    said = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("cashbook_check", stdout=said)

    assert ended.value.code == 1
    assert "số dồn 22.000 đồng, số thật 15.000 đồng" in said.getvalue()
