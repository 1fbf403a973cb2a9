"""Four thousand records as provinces publish them; not ours to keep in the repository."""

import gzip
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from motcua.casework.documents.models import Document
from motcua.casework.documents.rules.names import in_words
from motcua.casework.documents.rules.records import Record, read_record

from .make import make_office
from .records import REAL

TODAY = date(2026, 11, 22)


def records() -> list[Record]:
    with gzip.open(REAL, "rt") as lines:
        return [read_record(n, json.loads(line), TODAY) for n, line in enumerate(lines, 1)]


def test_every_number_is_normalised() -> None:
    found = records()

    mended = [
        one for one in found if one.as_written != in_words(one.entry.number, one.entry.notation)
    ]
    odd = [one.as_written for one in found if not one.entry.number]
    assert (len(found), len(mended), odd) == (4468, 199, [])


@pytest.mark.django_db
def test_all_are_imported_but_seven_that_are_there_twice() -> None:
    make_office()

    told = []
    for _ in range(2):
        out = StringIO()
        call_command("documents_import", str(REAL), "--agency", "H18.101", stdout=out)
        told.append(out.getvalue().strip())

    assert told == [
        "4468 dòng: 4461 mới nhập, 0 đã nhập lần trước, 7 trùng với văn bản đã có, 0 từ chối.",
        "4468 dòng: 0 mới nhập, 4461 đã nhập lần trước, 7 trùng với văn bản đã có, 0 từ chối.",
    ]
    assert Document.objects.filter(ordinal__isnull=False).count() == 0
