"""Where the version demands a digital signature, a file without one is not received."""

import pytest

from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import DossierPaper
from motcua.casework.dossiers.operations.reception import receive_dossier
from motcua.foundation.files import api as files
from motcua.foundation.signing.api import TurnRole
from motcua.foundation.signing.tests.make import make_drafted, make_prepared, make_signed
from motcua.foundation.trust.tests.make import make_leaf

from .make import MONDAY, Commune, get_dossier, make_all, make_filed

pytestmark = pytest.mark.django_db
PAPER = "code: to-khai, name: Tờ khai theo mẫu"
DEMANDED = (PAPER, f"{PAPER}, must_be_signed: true")


def hand_in(commune: Commune, content: bytes) -> str:
    """Let Lan file with this declaration; return the code of her dossier."""
    code = make_filed(commune)
    stored = files.keep_bytes(content, "application/pdf", by=commune.binh, at=MONDAY)
    papers = DossierPaper.objects.filter(dossier__code=code, spec_code="to-khai")
    papers.update(file=stored, file_name="to-khai.pdf")
    return code


def test_an_unsigned_file_is_refused_by_name_where_a_signature_is_demanded() -> None:
    commune = make_all(text_change=DEMANDED)
    code = hand_in(commune, make_drafted())

    with pytest.raises(DossierError, match="chưa ký: Tờ khai"):
        receive_dossier(code, by=commune.binh, at=MONDAY)

    assert get_dossier(code).received_at is None


def test_a_signed_file_is_received_where_a_signature_is_demanded() -> None:
    commune = make_all(text_change=DEMANDED)
    signed = make_signed(make_prepared(), make_leaf("Lò Thị Lan"), TurnRole.LEADER)
    code = hand_in(commune, signed)

    receive_dossier(code, by=commune.binh, at=MONDAY)

    assert get_dossier(code).received_at == MONDAY


def test_an_unsigned_file_is_received_where_nothing_is_demanded() -> None:
    commune = make_all()
    code = hand_in(commune, make_drafted())

    receive_dossier(code, by=commune.binh, at=MONDAY)

    assert get_dossier(code).received_at == MONDAY


def test_a_paper_handed_over_by_hand_needs_no_digital_signature() -> None:
    commune = make_all(text_change=DEMANDED)
    code = make_filed(commune)

    receive_dossier(code, by=commune.binh, at=MONDAY)

    assert get_dossier(code).received_at == MONDAY
