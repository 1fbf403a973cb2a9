"""Word drafts are signed digitally where their template has a place for all that signing needs."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status
from motcua.casework.dossiers.models import DossierOutcome
from motcua.foundation.files import api as files

from .make import MONDAY, get_dossier, make_received, open_step
from .test_signing import Scene, ask, make_scene, seal
from .test_word_outcomes import LINES, PROPOSAL, add_template, said

pytestmark = pytest.mark.django_db
ONE_HOUR = timedelta(hours=1)


def make_word_draft(scene: Scene, *lines: str) -> str:
    """Return the code of a dossier with a Word draft that waits for Hoa."""
    add_template(*lines)
    code = make_received(scene.commune)
    by_mai, by_hoa = (MONDAY + hours * ONE_HOUR for hours in (1, 2))
    seq = open_step(code).seq
    dossiers.complete_step(code, seq, by=scene.commune.mai, at=by_mai, proposal=PROPOSAL)
    dossiers.complete_step(code, open_step(code).seq, by=scene.commune.hoa, at=by_hoa)
    return code


def content_of(code: str) -> bytes:
    outcome = DossierOutcome.objects.select_related("file").get(dossier__code=code)
    assert outcome.file is not None
    with files.open_file(outcome.file) as content:
        return content.read()


def test_a_word_draft_is_signed_numbered_and_sealed() -> None:
    scene = make_scene()
    code = make_word_draft(scene, *LINES)

    seal(scene, ask(scene, code))

    pdf = content_of(code)
    fields = PdfReader(io.BytesIO(pdf)).get_fields() or {}
    assert get_dossier(code).status == Status.RESOLVED
    assert sorted(fields) == ["SIG_LEADER_1", "SIG_ORG", "ngay", "so"]
    assert (fields["so"].value, fields["ngay"].value[:4]) == ("01", "ngày")
    assert "Nguyễn Thị Hoa, giá trị đến 02/09/2026" in said(pdf)


@pytest.mark.parametrize(
    "lines",
    [
        ("Số {{ ky.so }}, {{ ky.ngay }}",),
        ("Số {{ ky.so }}, {{ ky.ngay }}, {{ ky.nguoi }}", "Số {{ ky.so }}"),
        ("Một văn bản không có chỗ ký",),
    ],
)
def test_a_template_without_a_place_for_all_of_it_is_signed_on_paper(
    lines: tuple[str, ...],
) -> None:
    scene = make_scene()
    code = make_word_draft(scene, *lines)

    signed = dossiers.sign_outcome(code, open_step(code).seq, by=scene.hoa, at=MONDAY)

    assert signed.status == Status.RESOLVED
