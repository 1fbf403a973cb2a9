from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from .make import make_all, make_received

pytestmark = pytest.mark.django_db


def test_the_command_says_why_a_dossier_is_due() -> None:
    code = make_received(make_all())
    said = StringIO()

    call_command("dossiers_explain", code, stdout=said)

    assert said.getvalue().strip().endswith("hạn trả 17 giờ thứ Năm 05/03/2026.")


def test_the_command_says_if_there_is_no_such_dossier() -> None:
    with pytest.raises(CommandError, match="Không tìm thấy hồ sơ"):
        call_command("dossiers_explain", "H18.101-260302-9999")
