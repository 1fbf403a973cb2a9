"""The harness itself: what the tests stand on."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_folds_vietnamese_capitals() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select lower('ĐƯỜNG BÀ TRIỆU')")
        row = cursor.fetchone()

    assert row == ("đường bà triệu",)
