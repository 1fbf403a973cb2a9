"""Who handles a dossier sees who signed its papers, whether trusted and why."""

from io import BytesIO

import pytest

from motcua.casework.dossiers.api import whole
from motcua.casework.dossiers.tests.make import get_dossier, make_received
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import TurnRole
from motcua.foundation.signing.tests.make import make_prepared, make_signed
from motcua.foundation.trust.tests.make import MONDAY, QUANG, make_leaf, make_trusted_world
from motcua.lib.clock import now

from .make import Office, make_office, text_of

pytestmark = pytest.mark.django_db


def hand_in(office: Office) -> tuple[str, int]:
    """Let a paper be a file that Lan signed; return the dossier's address and the paper's place."""
    code = make_received(office.commune, at=now())
    paper = whole(get_dossier(code)).papers[0]
    content = make_signed(make_prepared(), make_leaf("Lò Thị Lan"), TurnRole.LEADER)
    stored = files.keep_file("don.pdf", BytesIO(content), by=QUANG, at=MONDAY)
    type(paper).objects.filter(pk=paper.pk).update(file=stored, file_name="don.pdf")
    return f"/xu-ly/ho-so/{code}/", paper.seq


def test_the_signature_of_a_paper_is_told() -> None:
    make_trusted_world()
    office = make_office()
    address, seq = hand_in(office)

    page = text_of(office.mai, f"{address}?phan=giay-to")
    signing.examine_due(at=now())
    told = text_of(office.mai, f"{address}chu-ky/{seq}/")

    assert f'href="{address}chu-ky/{seq}/"' in page
    assert "Lò Thị Lan" in told
    assert "Gốc thử nghiệm" in told


def test_another_commune_sees_no_signatures() -> None:
    office = make_office()
    address, seq = hand_in(office)

    assert office.dung.get(f"{address}chu-ky/{seq}/").status_code == 404
