"""What is supplied may be kept, signed and taken back before it is sent."""

from datetime import timedelta
from io import BytesIO

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, SupplementItemIn, SupplyDraft, SupplyPaper
from motcua.casework.dossiers.errors import DossierError, NoSuchDossier
from motcua.casework.dossiers.models import DossierPaper, SupplementItem
from motcua.casework.dossiers.operations.supply_drafts import sweep_supplies
from motcua.casework.dossiers.rules.application import SubmitterIn
from motcua.casework.procedures.api import FilingChannel
from motcua.casework.procedures.tests.make import TEXT
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf, make_picture
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import PUSH, carry
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    DUNG,
    LAN,
    LAN_ID,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_application,
    make_received,
)
from .test_signing_drafts import A_MINUTE, NUMBER, PAPER, SIGNED, phone

pytestmark = pytest.mark.django_db
__all__ = ["phone"]
HERSELF = SubmitterIn(name="Lò Thị Lan", phone="0912345678", account_id=LAN_ID)
WHAT = SupplementItemIn("Tờ khai có chữ ký", "Thiếu chữ ký", "to-khai")


def make_asked(commune: Commune) -> tuple[str, int]:
    """Return a dossier that waits for Lan, and the item that was asked for."""
    code = make_received(commune)
    dossiers.ask_supplement(code, [WHAT], by=commune.binh, at=MONDAY)
    return code, SupplementItem.objects.get(dossier__code=code).seq


def kept(code: str, item: int, *, name: str = "to khai.pdf") -> SupplyPaper:
    """Let Lan keep a file for the item."""
    content = make_pdf() if name.endswith("pdf") else make_picture()
    stored = files.keep_file(name, BytesIO(content), by=LAN, at=MONDAY)
    copy = dossiers.CopyKind.ELECTRONIC
    paper = dossiers.PaperIn("to-khai", "Tờ khai", kind=copy, file_id=stored.pk, file_name=name)
    dossiers.keep_supply(code, item, [paper], by=LAN, at=MONDAY)
    return SupplyPaper.objects.latest("pk")


def signed(code: str, paper: SupplyPaper) -> SupplyPaper:
    """Let Lan sign it with a yes on her telephone."""
    given = dossiers.SigningIn(PUSH, NUMBER, [paper.file_id])
    dossiers.sign_supply(code, given, by=LAN, at=MONDAY)
    carry()
    carry(A_MINUTE)
    owner = signing.OwnSigning.objects.latest("id").owner
    dossiers.take_supply_signed(owner, at=MONDAY + A_MINUTE)
    paper.refresh_from_db()
    return paper


@pytest.fixture
def commune() -> Commune:
    return make_all(text_change=(TEXT, TEXT.replace(PAPER, SIGNED)))


@pytest.mark.usefixtures("phone")
def test_what_was_signed_is_what_is_sent() -> None:
    code, item = make_asked(make_all())
    paper = signed(code, kept(code, item))

    dossiers.send_supply(code, by=LAN, at=MONDAY + A_MINUTE)

    sent = DossierPaper.objects.select_related("file").get(supplement_seq__isnull=False)
    assert sent.file is not None
    assert (sent.file_id, sent.file.bears_signature) == (paper.file_id, True)
    assert (paper.signed_by_name, get_dossier(code).status) == ("Lò Thị Lan", Status.PROCESSING)
    assert SupplyDraft.objects.count() == 0


@pytest.mark.usefixtures("phone")
def test_a_paper_that_must_be_signed_waits_unsigned_and_is_not_sent(commune: Commune) -> None:
    code, item = make_asked_signed(commune)
    paper = kept(code, item)

    with pytest.raises(BadInput, match="phải được ký số trước khi nộp"):
        dossiers.send_supply(code, by=LAN, at=MONDAY)

    assert SupplyPaper.objects.get() == paper
    signed(code, paper)
    assert dossiers.send_supply(code, by=LAN, at=MONDAY + A_MINUTE).status == Status.PROCESSING


def make_asked_signed(commune: Commune) -> tuple[str, int]:
    """Return the same where the version demands a signature on what was filed at the desk."""
    code = dossiers.receive_in_person(
        make_application(commune, channel=FilingChannel.COUNTER, submitter=HERSELF),
        desk_unit_id=commune.desk_id,
        by=commune.binh,
        at=MONDAY,
    )
    dossiers.ask_supplement(code, [WHAT], by=commune.binh, at=MONDAY)
    return code, SupplementItem.objects.get(dossier__code=code).seq


@pytest.mark.parametrize("name", ["to khai.pdf", "to khai.jpg"])
def test_without_a_service_a_file_that_must_be_signed_comes_signed(
    commune: Commune, name: str
) -> None:
    code, item = make_asked_signed(commune)

    with pytest.raises(BadInput, match="phải được ký số"):
        kept(code, item, name=name)


@pytest.mark.usefixtures("phone")
def test_nothing_is_sent_while_it_is_being_signed() -> None:
    code, item = make_asked(make_all())
    paper = kept(code, item)
    given = dossiers.SigningIn(PUSH, NUMBER, [paper.file_id])
    dossiers.sign_supply(code, given, by=LAN, at=MONDAY)

    with pytest.raises(DossierError, match="đang được ký số"):
        dossiers.send_supply(code, by=LAN, at=MONDAY)


def test_corrected_answers_are_kept_and_sent_with_the_papers() -> None:
    code, item = make_asked(make_all())
    kept(code, item)
    dossiers.keep_supply(code, 0, [], {"muc_dich": "Mua nhà"}, by=LAN, at=MONDAY)

    dossiers.send_supply(code, by=LAN, at=MONDAY)

    assert dossiers.whole(get_dossier(code)).answers["muc_dich"] == "Mua nhà"


def test_a_file_taken_back_is_gone() -> None:
    code, item = make_asked(make_all())
    paper = kept(code, item)

    dossiers.drop_supply_paper(code, paper.pk, by=LAN, at=MONDAY)

    assert not files.StoredFile.objects.filter(pk=paper.file_id).exists()
    with pytest.raises(DossierError, match="đã được bỏ"):
        dossiers.drop_supply_paper(code, paper.pk, by=LAN, at=MONDAY)


def test_only_who_filed_prepares_what_is_supplied() -> None:
    commune = make_all()
    code, item = make_asked(commune)
    paper = kept(code, item)

    with pytest.raises(NoSuchDossier):
        dossiers.drop_supply_paper(code, paper.pk, by=DUNG, at=MONDAY)
    with pytest.raises(NotAllowed):
        dossiers.send_supply(code, by=commune.binh, at=MONDAY)


def test_what_nobody_changed_for_ninety_days_is_swept() -> None:
    code, item = make_asked(make_all())
    paper = kept(code, item)

    early = sweep_supplies(at=MONDAY + timedelta(days=90))
    late = sweep_supplies(at=MONDAY + timedelta(days=91))

    assert (early, late) == (0, 1)
    assert not files.StoredFile.objects.filter(pk=paper.file_id).exists()


@pytest.mark.usefixtures("phone")
def test_what_was_sent_meanwhile_is_left_when_its_signature_comes() -> None:
    code, item = make_asked(make_all())
    paper = signed(code, kept(code, item))
    dossiers.send_supply(code, by=LAN, at=MONDAY + A_MINUTE)

    dossiers.take_supply_signed(signing.OwnSigning.objects.get().owner, at=MONDAY + A_MINUTE)

    assert DossierPaper.objects.get(supplement_seq__isnull=False).file_id == paper.file_id
