"""`./run motcua verify`: what it says and how it ends."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command

from motcua.foundation.signing.rules.examining.words import LIMIT
from motcua.foundation.trust.tests.make import make_root, make_trusted_world

from .corpus import cut_off, make_sealed
from .make import make_prepared
from .xml_corpus import RECEIPT, signed_beside

pytestmark = pytest.mark.django_db
ON_MONDAY = ("--at", "2026-03-02")


def put(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def ends(*words: str) -> int:
    try:
        call_command("verify", *words, *ON_MONDAY)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_it_ends_well_only_when_every_file_passes(tmp_path: Path) -> None:
    make_trusted_world()
    sealed = put(tmp_path, "sealed.pdf", make_sealed())
    cut = put(tmp_path, "cut.pdf", cut_off())
    unsigned = put(tmp_path, "unsigned.pdf", make_prepared())

    ended = [ends(sealed, "--offline"), ends(sealed, unsigned), ends(sealed, unsigned, cut)]

    assert ended == [0, 2, 1]


def test_the_report_is_json_with_one_entry_for_each_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_trusted_world()

    ends(put(tmp_path, "sealed.pdf", make_sealed()), "--json")

    (report,) = json.loads(capsys.readouterr().out)
    assert (report["file"], report["verdict"]["indication"]) == ("sealed.pdf", "TOTAL-PASSED")
    claimed = [one["claimed_at"] for one in report["signatures"]]
    assert claimed == ["2026-03-02T09:00:00+07:00"] * 2


def test_half_a_gigabyte_is_told_at_once_and_is_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as target:
        target.write(make_sealed())
        target.truncate(500_000_000)

    ended = ends(str(huge), "--json")

    (report,) = json.loads(capsys.readouterr().out)
    assert (ended, report["verdict"]["sub"], report["size"]) == (2, LIMIT, 500_000_000)
    assert report["verdict"]["words"] == "Tệp quá lớn để kiểm tra."


def test_it_tells_people_who_signed_and_why_to_trust(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_trusted_world()

    ends(put(tmp_path, "sealed.pdf", make_sealed()))

    trusted = "Chuỗi chứng thư dẫn đến gốc tin cậy “Gốc thử nghiệm”."
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("sealed.pdf: TOTAL-PASSED – Chữ ký hợp lệ")
    assert lines[1:5] == [
        "  SIG_LEADER_1, Người có thẩm quyền: TOTAL-PASSED",
        "    Chữ ký hợp lệ: văn bản còn nguyên vẹn, chứng thư được tin cậy và còn hiệu lực.",
        "    Người ký: Nguyễn Thị Hoa (không ghi tổ chức)",
        f"    Nơi cấp chứng thư: Cấp dưới thử nghiệm. {trusted}",
    ]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("verify", str(tmp_path / "none.pdf"))


def test_somebody_may_believe_roots_of_their_own(tmp_path: Path) -> None:
    make_trusted_world()
    sealed = put(tmp_path, "sealed.pdf", make_sealed())
    other = make_root.__wrapped__("Gốc khác").certificate.public_bytes(Encoding.PEM)
    own = make_root().certificate.public_bytes(Encoding.PEM)

    ended = [ends(sealed, "--trust", put(tmp_path, "roots.pem", pem)) for pem in (own, other)]

    assert ended == [0, 2]


def test_a_file_without_roots_is_no_trust(tmp_path: Path) -> None:
    nothing = put(tmp_path, "roots.pem", b"nothing")

    with pytest.raises(CommandError, match="không có chứng thư gốc"):
        ends(nothing, "--trust", nothing)


def test_a_signature_apart_is_examined_with_its_file(tmp_path: Path) -> None:
    make_trusted_world()
    signature, receipt = put(tmp_path, "a.xml", signed_beside()), RECEIPT.encode()

    ended = [ends(signature, "--of", put(tmp_path, "b.xml", receipt)), ends(signature)]

    assert ended == [0, 2]
