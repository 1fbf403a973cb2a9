"""What is published, and what the tool that anybody may use says about it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from motcua.foundation.ledger.models import Head, Stream
from motcua.foundation.ledger.operations.publishing import publish
from motcua.foundation.ledger.queries.proofs import proof_of
from motcua.lib.merkle import leaf_hash, tile_root
from tools.verify_ledger import RIGHT, UNREADABLE, UNSIGNED, WRONG, main

from .make import (
    CODE,
    MONDAY,
    SALT,
    Room,
    later,
    make_fact,
    make_facts,
    publish_to,
    settle,
    use_key,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Publish three hundred leaves under two signed heads."""
    use_key(settings)
    found = publish_to(settings, tmp_path)
    write(*make_facts(290))
    settle()
    publish(at=MONDAY)
    shutil.copy(found / "checkpoint", tmp_path / "kept")
    write(*make_facts(10))
    settle(at=later())
    publish(at=later())
    return found


def heads_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("heads/*/*.json"), key=lambda file: int(file.stem))


def test_the_files_of_two_heads_check_out(folder: Path, tmp_path: Path) -> None:
    names = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())

    assert main([str(folder), "--old", str(tmp_path / "kept")]) == RIGHT
    assert names == [
        "checkpoint",
        "entries/000/000.jsonl",
        "entries/000/001.jsonl",
        "files",
        "heads/2026-03/292.json",
        "heads/2026-03/304.json",
        "heads/2026-03/index",
        "keys.json",
        "tile/0/000/000",
        "tile/0/000/001",
        "tile/1/000/000",
        "verify_ledger.py",
    ]


def test_files_written_again_from_the_rows_are_the_same(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "before")
    shutil.rmtree(folder)

    publish(at=later(), anew=True)

    for file in (tmp_path / "before").rglob("*"):
        if file.is_file():
            again = folder / file.relative_to(tmp_path / "before")
            assert again.read_bytes() == file.read_bytes()


def test_nothing_new_is_not_written_again(folder: Path) -> None:
    assert folder.exists()

    assert publish(at=later()) == 0


def test_the_leaves_show_no_code_and_no_name(folder: Path) -> None:
    lines = (folder / "entries/000/000.jsonl").read_text("utf-8")
    first = json.loads(lines.splitlines()[0])

    assert "260302" not in lines
    assert sorted(first["p"]) == ["a", "d", "k", "p", "s", "v"]


def edit_leaf(folder: Path) -> None:
    file = folder / "entries/000/000.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"a":"H18.101"', b'"a":"H18.102"', 1))


def drop_leaf(folder: Path) -> None:
    file = folder / "entries/000/000.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[1:]))


def swap_leaves(folder: Path) -> None:
    file = folder / "entries/000/000.jsonl"
    one, two, *rest = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([two, one, *rest]))


def another_form(folder: Path) -> None:
    file = folder / "entries/000/000.jsonl"
    file.write_bytes(file.read_bytes().replace(b'{"c":', b'{ "c":', 1))


def edit_tile(folder: Path) -> None:
    change_byte(folder / "tile/0/000/000", 32 * 7)


def change_byte(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def edit_upper_tile(folder: Path) -> None:
    change_byte(folder / "tile/1/000/000", 0)


def shorten_tile(folder: Path) -> None:
    file = folder / "tile/0/000/001"
    file.write_bytes(file.read_bytes()[:64])


def lose_tile(folder: Path) -> None:
    (folder / "tile/0/000/001").unlink()


def edit_leaf_and_its_tile(folder: Path) -> None:
    """What somebody does who holds the folder: leaf, tile and the tile above agree again."""
    edit_leaf(folder)
    lines = (folder / "entries/000/000.jsonl").read_bytes().splitlines()
    row = b"".join(leaf_hash(line) for line in lines)
    (folder / "tile/0/000/000").write_bytes(row)
    (folder / "tile/1/000/000").write_bytes(tile_root(row))


def lose_newest(folder: Path) -> None:
    (folder / "entries/000/001.jsonl").unlink()


def edit_head(folder: Path) -> None:
    file = heads_of(folder)[0]
    file.write_text(file.read_text("utf-8").replace("T02:00:00Z", "T01:00:00Z"), "utf-8")


def lose_head(folder: Path) -> None:
    heads_of(folder)[0].unlink()


def break_consistency(folder: Path) -> None:
    file = heads_of(folder)[1]
    plain = json.loads(file.read_text("utf-8"))
    plain["consistency"] = plain["consistency"][1:]
    file.write_text(json.dumps(plain), "utf-8")


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (edit_leaf, "lá sai đầu tiên ở tile/0/000/000: lá số 0"),
        (drop_leaf, "entries/000/000.jsonl thiếu lá"),
        (swap_leaves, "lá sai đầu tiên ở tile/0/000/000: lá số 0"),
        (another_form, "lá số 0 không ở dạng chuẩn"),
        (edit_tile, "lá sai đầu tiên ở tile/0/000/000: lá số 7"),
        (edit_upper_tile, "lá sai đầu tiên ở tile/1/000/000: lá số 0"),
        (shorten_tile, "lá sai đầu tiên ở tile/0/000/001: lá số 258"),
        (lose_tile, "lá sai đầu tiên ở tile/0/000/001: lá số 256"),
        (edit_leaf_and_its_tile, "đầu sổ 292 lá đã công bố không khớp các lá trong thư mục"),
        (lose_newest, "entries/000/001.jsonl thiếu lá"),
        (edit_head, "chữ ký của UBND tỉnh Điện Biên dưới đầu sổ 292 lá"),
        (lose_head, "đầu sổ 304 lá không nối tiếp đầu sổ trước nó"),
        (break_consistency, "đầu sổ 304 lá không nối tiếp đầu sổ trước nó"),
    ],
    ids=lambda given: given.__name__ if callable(given) else "",
)
def test_the_tool_finds_what_was_changed_in_the_files(
    tamper: Callable[[Path], None], says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(folder)

    answer = main([str(folder)])

    found = [line.removeprefix("SAI: ") for line in capsys.readouterr().out.splitlines()]
    assert (answer, says in found) == (WRONG, True)


def test_what_a_slip_says_is_found_in_the_files(
    proof: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"https://mot-cua.example.vn/giay-hen/{CODE}/{SALT}/"

    answer = main([str(tmp_path / "ledger"), "--find", address])

    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  lá")]
    promised = "promised ngày 2026-03-02, hẹn 2026-03-02"
    assert proof.exists()
    assert (answer, told) == (RIGHT, ["  lá 39: received ngày 2026-03-02", f"  lá 40: {promised}"])


def test_a_leaf_that_was_published_otherwise_than_on_the_slip_is_named(
    proof: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = json.loads(proof.read_text("utf-8"))
    edit_leaf_at(tmp_path / "ledger", plain["leaves"][0]["index"])

    answer = main([str(tmp_path / "ledger"), "--slip", str(proof)])

    says = f"SAI: lá số {plain['leaves'][0]['index']} khác lá của giấy hẹn"
    assert (answer, says in capsys.readouterr().out.splitlines()) == (WRONG, True)


def edit_leaf_at(folder: Path, index: int) -> None:
    file = folder / "entries/000/000.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    lines[index] = lines[index].replace(b"H18.101", b"H18.102")
    file.write_bytes(b"".join(lines))


def test_a_list_names_every_file_of_a_copy(folder: Path) -> None:
    listed = (folder / "files").read_text("utf-8").splitlines()

    there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert (set(listed), listed[-1]) == (there, "checkpoint")


def test_the_tool_is_short_enough_to_be_read(folder: Path) -> None:
    assert len((folder / "verify_ledger.py").read_text("utf-8").splitlines()) < 300


def test_a_rewritten_past_is_found_by_whoever_kept_a_head(folder: Path, tmp_path: Path) -> None:
    """The one who holds database, folder and key writes everything anew, but not the kept head."""
    with connection.cursor() as cursor:
        for table in ("ledger_tile", "ledger_placed", "ledger_head", "ledger_headsignature"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of our own tables
        cursor.execute("ALTER TABLE ledger_leaf DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM ledger_leaf WHERE subject LIKE '%0001'")
    Stream.objects.update(size=0, root=b"", xid=0, row_id=0, published_size=0)
    shutil.rmtree(folder)
    settle(at=later(2))
    publish(at=later(2))

    assert main([str(folder)]) == RIGHT
    assert main([str(folder), "--old", str(tmp_path / "kept")]) == WRONG


def test_without_a_key_the_heads_are_published_and_said_to_be_unsigned(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = publish_to(settings, tmp_path)
    write(make_fact())
    settle()
    publish(at=MONDAY)

    answer = main([str(folder)])

    assert (answer, "KHÔNG AI" in capsys.readouterr().out) == (UNSIGNED, True)


def test_what_cannot_be_read_is_no_answer(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == UNREADABLE


def test_the_totals_are_those_of_the_facts(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use_key(settings)
    folder = publish_to(settings, tmp_path)
    day = MONDAY.date()
    late, in_time = "H18.101-260302-0001", "H18.101-260302-0002"
    write(
        make_fact(1, "received", code=late),
        make_fact(1, "promised", code=late, due_on=day.replace(day=1)),
        make_fact(1, "received", code=in_time),
        make_fact(1, "promised", code=in_time, due_on=day.replace(day=1)),
        make_fact(2, "redated", code=in_time, due_on=day),
        make_fact(3, "decided", code=late),
        make_fact(3, "decided", code=in_time),
        make_fact(1, "refused", code="H18.101-260302-0003"),
    )
    settle()
    publish(at=MONDAY)

    main([str(folder), "--totals"])

    assert "H18.101\t2026-03\t2\t2\t1\t1\t1\n" in capsys.readouterr().out


@pytest.fixture
def proof(settings: Settings, tmp_path: Path) -> Path:
    """A slip's proof of two facts among others."""
    use_key(settings)
    publish_to(settings, tmp_path)
    facts = [make_fact(1), make_fact(2, "promised", due_on=MONDAY.date())]
    write(*make_facts(40)[1:], *facts)
    settle()
    publish(at=MONDAY)
    told = Room(*facts).testimony(CODE)
    assert told is not None
    file = tmp_path / "proof.json"
    file.write_bytes(proof_of(told).as_json())
    return file


def test_a_slip_is_proven_with_nothing_but_its_file(
    proof: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = main(["--slip", str(proof)])

    assert answer == RIGHT
    assert "promised ngày 2026-03-02, hẹn 2026-03-02" in capsys.readouterr().out


def test_a_slip_is_compared_with_the_published_heads(proof: Path, tmp_path: Path) -> None:
    with_folder = main([str(tmp_path / "ledger"), "--slip", str(proof)])
    for file in heads_of(tmp_path / "ledger"):
        file.unlink()

    assert (with_folder, main([str(tmp_path / "ledger"), "--slip", str(proof)])) == (RIGHT, WRONG)


@pytest.mark.parametrize(
    ("name", "value"),
    [("code", "H18.101-260302-0099"), ("kind", "returned"), ("seq", 7), ("due", "2026-04-01")],
)
def test_a_slip_with_another_record_is_refused(name: str, value: object, proof: Path) -> None:
    plain = json.loads(proof.read_text("utf-8"))
    plain["leaves"][0]["record"][name] = value
    proof.write_text(json.dumps(plain), "utf-8")

    assert main(["--slip", str(proof)]) == WRONG


@pytest.mark.parametrize("name", ["leaf", "index", "path", "salt"])
def test_a_slip_with_another_leaf_is_refused(name: str, proof: Path) -> None:
    plain = json.loads(proof.read_text("utf-8"))
    first, second = plain["leaves"]
    if name == "salt":
        plain["salt"] = "x" * 22
    else:
        first[name] = second[name]
    proof.write_text(json.dumps(plain), "utf-8")

    assert main(["--slip", str(proof)]) == WRONG


def test_a_head_is_not_published_when_a_leaf_no_longer_is_what_was_sealed(
    settings: Settings, tmp_path: Path
) -> None:
    folder = publish_to(settings, tmp_path)
    write(*make_facts(3))
    settle()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_leaf DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_leaf SET commitment = sha256('x') WHERE subject LIKE '%2'")

    written = publish(at=MONDAY)

    stream = Stream.objects.get(pk="promises")
    assert (written, folder.exists(), Head.objects.count()) == (0, False, 1)
    assert stream.stopped_why == "Lá số 1 không còn như lúc niêm phong."
