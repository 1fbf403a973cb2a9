from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motcua.casework.processes.api import read_bpmn

from .make import make_procedure

pytestmark = pytest.mark.django_db


def test_the_process_of_a_procedure_is_written_as_bpmn(tmp_path: Path) -> None:
    make_procedure()
    out, path = StringIO(), tmp_path / "quy-trinh.bpmn"

    call_command("processes_export", "1.004873", stdout=out)
    call_command("processes_export", "1.004873", "--to", str(path))

    assert path.read_text(encoding="utf-8") == out.getvalue()
    codes = [step.code for step in read_bpmn(path.read_bytes()).steps]
    assert codes == ["tham-dinh", "duyet", "ky"]


def test_a_procedure_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError):
        call_command("processes_export", "1.999999")
