"""`./run motcua procedures pack|unpack`: folders, archives, signatures, and what is refused."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motcua.casework.packs.models import ReceivedPack
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import ProcedureVersion
from motcua.casework.procedures.tests.make import make_procedure
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.signing.tests.make import make_leader
from motcua.foundation.trust.api import Anchor

pytestmark = pytest.mark.django_db
CODE = "1.004873"


@pytest.fixture(autouse=True)
def _procedure() -> None:
    procedures.forget_kept()
    make_procedure()


def run(*words: object) -> str:
    said = io.StringIO()
    call_command(*map(str, words), stdout=said)
    return said.getvalue()


def edited(folder: Path) -> None:
    path = folder / CODE / "procedure.yaml"
    path.write_text(path.read_text().replace("Xin giấy", "Xin lại giấy"))


def test_a_folder_is_written_checked_edited_and_renewed(tmp_path: Path) -> None:
    run("procedures_pack", CODE, "--to", tmp_path)
    assert "Không khác gì ở đây." in run("procedures_unpack", tmp_path, "--check")

    edited(tmp_path)
    with pytest.raises(CommandError, match=r"procedure.yaml: nội dung khác mã băm"):
        run("procedures_unpack", tmp_path, "--check")
    run("procedures_pack", "--renew", tmp_path)

    said = run("procedures_unpack", tmp_path / CODE, "--check")
    assert "Sửa: procedure.yaml" in said
    assert "form.yaml" not in said
    assert not ReceivedPack.objects.exists()


def test_what_lies_beside_the_files_of_a_pack_stays(tmp_path: Path) -> None:
    run("procedures_pack", CODE, "--to", tmp_path)
    notes, old = tmp_path / CODE / "ghi-chu.txt", tmp_path / CODE / "fees" / "cu.yaml"
    old.parent.mkdir(exist_ok=True)
    for path in (notes, old):
        path.write_text("x")

    run("procedures_pack", CODE, "--to", tmp_path)

    assert (notes.exists(), old.exists()) == (True, False)


def test_a_pack_is_unpacked_into_a_draft_by_somebody_who_may(tmp_path: Path) -> None:
    target = tmp_path / "goi.zip"
    run("procedures_pack", CODE, "--to", tmp_path)
    edited(tmp_path)
    run("procedures_pack", "--renew", tmp_path, "--to", target)
    make_officer_account("Tòng Thị Vân", username="van")

    with pytest.raises(CommandError, match="--as"):
        run("procedures_unpack", target)
    with pytest.raises(CommandError):
        run("procedures_unpack", target, "--as", "van")

    assert not ReceivedPack.objects.exists()
    assert ProcedureVersion.objects.count() == 1


def test_a_signed_pack_names_its_signer_and_an_altered_one_is_refused(tmp_path: Path) -> None:
    make_leader()
    run("procedures_pack", CODE, "--to", tmp_path, "--as", "hoa")
    assert "hứng thư còn hiệu lực không: Nguyễn Thị Hoa" in run(
        "procedures_unpack", tmp_path, "--check"
    )

    signature = (tmp_path / CODE / "signature.xml").read_bytes()
    edited(tmp_path)
    run("procedures_pack", "--renew", tmp_path)
    (tmp_path / CODE / "signature.xml").write_bytes(signature)

    with pytest.raises(CommandError, match=r"signature.xml: chữ ký này không phải của gói này"):
        run("procedures_unpack", tmp_path, "--check")


def test_a_forged_signature_is_refused(tmp_path: Path) -> None:
    make_leader()
    run("procedures_pack", CODE, "--to", tmp_path, "--as", "hoa")
    path = tmp_path / CODE / "signature.xml"
    path.write_bytes(
        path.read_bytes().replace(f'code="{CODE}"'.encode(), f'code="{CODE}" a="1"'.encode())
    )

    with pytest.raises(CommandError, match=r"signature.xml: chữ ký không đúng"):
        run("procedures_unpack", tmp_path, "--check")


def test_a_signer_who_is_not_known_here_is_said(tmp_path: Path) -> None:
    make_leader()
    run("procedures_pack", CODE, "--to", tmp_path, "--as", "hoa")
    Anchor.objects.all().delete()

    said = run("procedures_unpack", tmp_path, "--check")

    assert "Người ký chưa được tin cậy: Nguyễn Thị Hoa" in said


def test_a_folder_of_something_else_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / CODE).mkdir()
    (tmp_path / CODE / "luan-van.docx").write_bytes(b"x")

    with pytest.raises(CommandError, match="không trống"):
        run("procedures_pack", CODE, "--to", tmp_path)


@pytest.mark.parametrize(
    "words", [[], [CODE], ["9.999999", "--to", "x"], [CODE, "--renew", "x", "--to", "y"]]
)
def test_what_cannot_be_packed_says_why(words: list[str]) -> None:
    with pytest.raises(CommandError):
        run("procedures_pack", *words)
