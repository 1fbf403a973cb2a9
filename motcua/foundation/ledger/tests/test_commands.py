"""The commands on which operators rely."""

from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from motcua.foundation.ledger.models import HeadKey, Stream
from motcua.foundation.ledger.tasks import publish_files, seal_streams, sign_head
from tools.verify_ledger import RIGHT, main

from .make import (
    CODE,
    MONDAY,
    SoftwareSigner,
    bear_witness,
    make_fact,
    publish_to,
    settle,
    use_key,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_verify_says_that_all_is_well() -> None:
    bear_witness(make_fact())
    write(make_fact())
    settle()

    assert said("ledger_verify") == "Mọi thứ khớp.\n"


def test_verify_names_the_wrong_leaf_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    bear_witness(make_fact())
    write(make_fact())
    settle()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_leaf DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_leaf SET commitment = sha256('x') WHERE kind = 'received'")

    with pytest.raises(SystemExit, match="1"):
        call_command("ledger_verify", "--stream", "promises")

    line = f"SAI  Sổ cam kết, lá 0: lá 0 (received {CODE}) không còn như lúc niêm phong"
    assert capsys.readouterr().out.splitlines()[0] == line


def test_head_seals_signs_and_publishes_when_asked_to(settings: Settings, tmp_path: Path) -> None:
    use_key(settings)
    folder = publish_to(settings, tmp_path)
    write(make_fact())

    words = said("ledger_head", "--make")

    assert words.startswith("motcua.example/so-cam-ket\n1\n")
    assert "Sổ cam kết: 1 lá, Đang niêm phong" in words
    assert main([str(folder)]) == RIGHT


def test_head_says_that_there_is_none_and_no_key() -> None:
    words = said("ledger_head")

    assert words.startswith("Chưa có đầu sổ nào.")
    assert "chưa có khóa ký" in words


def test_head_says_why_a_stream_stopped() -> None:
    Stream.objects.filter(pk="trail").update(state="stopped", stopped_at=MONDAY, stopped_why="x")

    assert "dừng lúc 09:00 02/03/2026: x" in said("ledger_head")


def test_prove_writes_what_the_tool_reads(settings: Settings, tmp_path: Path) -> None:
    use_key(settings)
    bear_witness(make_fact())
    write(make_fact())
    settle()

    said("ledger_prove", CODE.lower(), "--out", str(tmp_path / "proof.json"))

    assert main(["--slip", str(tmp_path / "proof.json")]) == RIGHT
    assert f'"subject": "{CODE}"' in said("ledger_prove", CODE)


def test_prove_knows_only_what_is_in_the_ledger() -> None:
    with pytest.raises(CommandError, match="Không có hồ sơ"):
        said("ledger_prove", CODE)


def test_publish_says_how_far(settings: Settings, tmp_path: Path) -> None:
    publish_to(settings, tmp_path)
    write(make_fact())
    settle()

    assert said("ledger_publish") == "Đã công bố đến 3 lá.\n"
    assert said("ledger_publish") == "Không có gì mới để công bố.\n"
    assert said("ledger_publish", "--anew") == "Đã công bố đến 3 lá.\n"


def test_resume_needs_a_stopped_stream() -> None:
    with pytest.raises(CommandError, match="không dừng"):
        said("ledger_resume", "promises", "--reason", "đã xem")

    Stream.objects.filter(pk="trail").update(state="stopped", stopped_at=MONDAY, stopped_why="x")
    said("ledger_resume", "trail", "--reason", "đã xem")

    assert Stream.objects.get(pk="trail").state == "sealing"


def test_a_countersigner_is_known_by_its_key(tmp_path: Path) -> None:
    public = SoftwareSigner().key.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "no.pem").write_text("x")

    words = said("ledger_countersigner", "Thanh tra tỉnh", str(tmp_path / "key.pem"))

    assert "Dấu của khóa:" in words
    assert [key.name for key in HeadKey.objects.all()] == ["Thanh tra tỉnh"]
    with pytest.raises(CommandError, match="Không đọc được khóa"):
        said("ledger_countersigner", "Ai đó", str(tmp_path / "no.pem"))


def test_the_worker_seals_signs_and_publishes_in_its_rounds(
    settings: Settings, tmp_path: Path
) -> None:
    use_key(settings)
    folder = publish_to(settings, tmp_path)
    write(make_fact())

    for job in (seal_streams, seal_streams, sign_head, publish_files):
        job(MONDAY)

    assert main([str(folder)]) == RIGHT
