"""A paper that must be signed digitally is taken with a signature and refused without one."""

from io import BytesIO

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, PaperIn, SupplementItemIn
from motcua.casework.procedures.tests.make import TEXT
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.lib.errors import BadInput

from .make import LAN, MONDAY, Commune, get_dossier, make_all, make_filed, make_received_at_desk

pytestmark = pytest.mark.django_db
PAPER = "{code: to-khai, name: Tờ khai theo mẫu, originals: 1}"
SIGNED = PAPER.replace("originals: 1", "originals: 1, must_be_signed: true")


@pytest.fixture
def commune() -> Commune:
    """A commune where the declaration must be signed digitally."""
    return make_all(text_change=(TEXT, TEXT.replace(PAPER, SIGNED)))


def make_paper(content: bytes) -> PaperIn:
    stored = files.keep_file("to khai.pdf", BytesIO(content), by=LAN, at=MONDAY)
    return PaperIn("to-khai", "Tờ khai theo mẫu", file_id=stored.pk, file_name="to khai.pdf")


def signed_pdf() -> bytes:
    return make_pdf() + b"\n%/ByteRange [0 1 2 3]\n%%EOF\n"


def test_an_unsigned_paper_is_refused_by_name_and_nothing_is_filed(commune: Commune) -> None:
    with pytest.raises(BadInput, match="“Tờ khai theo mẫu” phải được ký số"):
        make_filed(commune, papers=[make_paper(make_pdf())])

    assert Dossier.objects.count() == 0


def test_a_signed_paper_is_taken(commune: Commune) -> None:
    code = make_filed(commune, papers=[make_paper(signed_pdf())])

    assert get_dossier(code).status == dossiers.Status.SUBMITTED


def test_elsewhere_no_signature_is_asked_for() -> None:
    code = make_filed(make_all(), papers=[make_paper(make_pdf())])

    assert get_dossier(code).status == dossiers.Status.SUBMITTED


def test_a_paper_shown_at_the_desk_needs_no_digital_signature(commune: Commune) -> None:
    assert make_received_at_desk(commune)


@pytest.mark.usefixtures("commune")
def test_a_draft_does_not_take_an_unsigned_paper() -> None:
    draft = dossiers.begin_draft("1.004873", by=LAN, at=MONDAY)
    paper = make_paper(make_pdf())
    assert paper.file_id is not None

    with pytest.raises(BadInput, match="chưa có chữ ký số"):
        dossiers.attach_to_draft(
            draft.token, "to-khai", paper.file_id, "to khai.pdf", by=LAN, at=MONDAY
        )

    assert dossiers.drafts_for(LAN)[0].papers == []


def test_what_is_added_later_must_be_signed_too(commune: Commune) -> None:
    code = make_filed(commune, papers=[make_paper(signed_pdf())])
    items = [SupplementItemIn("Tờ khai", "Thiếu ngày sinh", "to-khai")]
    dossiers.guide_applicant(code, items, by=commune.binh, at=MONDAY)

    with pytest.raises(BadInput, match="phải được ký số"):
        dossiers.supply(code, [make_paper(make_pdf("moi"))], by=LAN, at=MONDAY)
