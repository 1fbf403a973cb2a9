"""The command names what was changed behind the pages' back."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from motcua.foundation.numbering import api as numbering

from .make import make_office, make_registered

pytestmark = pytest.mark.django_db


def told() -> tuple[int, str]:
    out, code = io.StringIO(), 0
    try:
        call_command("documents_verify", stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return code, out.getvalue()


def test_what_nobody_touched_is_whole() -> None:
    make_registered(make_office())

    assert told() == (0, "Mọi thứ khớp.\n")


def test_a_changed_move_is_named() -> None:
    document = make_registered(make_office())

    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_documentmove SET by_id = 1 WHERE seq = 2")

    assert told() == (1, f"SAI: Văn bản {document.code}: việc thứ 2 không còn như lúc ghi\n")


def test_a_deleted_latest_move_is_noticed() -> None:
    document = make_registered(make_office())

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_documentmove WHERE seq = 2")

    words = "việc cuối cùng không phải việc được ghi sau cùng"
    assert told() == (1, f"SAI: Văn bản {document.code}: {words}\n")


def test_a_number_that_stands_nowhere_is_named() -> None:
    office = make_office()
    make_registered(office)
    numbering.allocate_number(f"documents:{office.agency_id}.den:2026")

    code, words = told()

    assert (code, "số 2 không có văn bản và chưa ghi là đã hủy" in words) == (1, True)
