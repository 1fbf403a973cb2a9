"""Packs made, compared, taken in as drafts, and made again: the same bytes."""

from dataclasses import replace
from typing import Any

import pytest

from motcua.casework.fees import api as fees
from motcua.casework.packs import api as packs
from motcua.casework.packs.errors import BadPack, PackMoved
from motcua.casework.packs.models import ReceivedPack
from motcua.casework.packs.operations import receiving
from motcua.casework.packs.queries.standing import Standing, standing_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import OutcomeTemplate, Procedure, ProcedureVersion
from motcua.casework.procedures.tests.make import EDITOR, NOW, make_procedure
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import CODE, TODAY, changed, make_known, make_pack, plain_pack, with_file

pytestmark = pytest.mark.django_db
STRANGER = Actor(7, "Người Lạ", powers={Power.EDIT_PROCEDURES: frozenset({5})})


@pytest.fixture(autouse=True)
def _fresh() -> None:
    procedures.forget_kept()
    fees.forget_kept()


def take(files: dict[str, bytes]) -> packs.ReceivedPack:
    (received,) = packs.receive_packs({CODE: files}, by=EDITOR, at=NOW)
    return received


def draft(received: packs.ReceivedPack) -> packs.ReceivedPack:
    standing = packs.standing_of(packs.content_of(received), on=TODAY)
    return packs.draft_pack(received.pk, standing.seen, by=EDITOR, at=NOW)


def forget_everything() -> None:
    """Make this the place of another province: nothing of the procedure is known here."""
    OutcomeTemplate.objects.all().delete()
    ProcedureVersion.objects.all().delete()
    Procedure.objects.all().delete()
    fees.FeeTableVersion.objects.filter(state="draft").delete()


def test_a_pack_holds_all_parts_in_files_of_their_own() -> None:
    files = make_pack()

    assert list(files) == [
        "fees/le-phi-xac-nhan.dmn",
        "fees/le-phi-xac-nhan.yaml",
        "form.yaml",
        "manifest.yaml",
        "procedure.yaml",
        "process.yaml",
        "templates/xac-nhan.docx",
    ]


def test_exported_imported_and_exported_again_is_the_same_byte_for_byte() -> None:
    first = make_pack()
    forget_everything()

    drafted = draft(take(first))
    version = drafted.version
    assert version is not None
    again = packs.pack_of(CODE, on=TODAY, number=version.number)

    assert version.state == procedures.VersionState.DRAFT
    assert again == first
    assert packs.write_zip({CODE: again}) == packs.write_zip({CODE: first})


def test_nothing_is_put_in_force_by_importing() -> None:
    files = changed(make_pack(), "procedure.yaml", "Xin giấy", "Xin lại giấy")
    files = changed(files, "fees/le-phi-xac-nhan.yaml", "thường", "thường thôi")

    draft(take(files))

    running = procedures.find_in_force(CODE, TODAY)
    assert running is not None
    assert running.definition.plain_name == "Xin giấy xác nhận độc thân"
    assert fees.draft_of("le-phi-xac-nhan") is not None
    assert OutcomeTemplate.objects.count() == 1
    states = [one.state for one in procedures.versions_of(running.procedure_id)]
    assert states == ["draft", "published"]


def test_what_is_the_same_stays_untouched() -> None:
    received = take(make_pack())

    standing = packs.standing_of(packs.content_of(received), on=TODAY)
    draft(received)

    assert standing.is_same
    assert fees.draft_of("le-phi-xac-nhan") is None
    assert ProcedureVersion.objects.count() == 1


def test_differences_are_told_part_by_part() -> None:
    make_known()
    other = with_file(packs.pack_of(CODE, on=TODAY), "form.yaml", plain_pack()["form.yaml"])
    pack = packs.content_of(take(changed(other, "process.yaml", "Thẩm định", "Xem xét")))

    turns = {part.file: part.turn for part in packs.standing_of(pack, on=TODAY).parts}

    assert turns["process.yaml"] == packs.Turn.CHANGED
    assert {turns[name] for name in turns if name != "process.yaml"} == {packs.Turn.SAME}


def test_what_there_is_not_here_is_named_with_what_to_do() -> None:
    text = plain_pack()["procedure.yaml"].decode()
    text = f"{text}agency_codes: [H18.999]\n"
    files = with_file(plain_pack(), "procedure.yaml", text.encode())
    files = changed(files, "procedure.yaml", "amount_vnd: 15000", "table: bang-la")

    told = "\n".join(packs.standing_of(packs.content_of(take(files)), on=TODAY).warnings)

    assert "Lĩnh vực “Hộ tịch” (G15-HT) chưa có ở đây" in told
    assert "Không có cơ quan mã “H18.999”" in told
    assert "Việc “Tư pháp – Hộ tịch” (justice) chưa giao" in told
    assert "bảng thu “bang-la” không có trong gói" in told


def test_a_fee_table_that_somebody_saves_in_between_is_not_written_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    received = take(make_pack())
    given = packs.content_of(received)
    theirs = replace(given.tables[0], name="Của người khác")

    def then_somebody_saves(*words: Any, **named: Any) -> Any:
        standing = standing_of(*words, **named)
        fees.save_table(theirs, by=EDITOR, at=NOW)
        return standing

    seen = standing_of(given, on=TODAY).seen
    monkeypatch.setattr(receiving, "standing_of", then_somebody_saves)
    monkeypatch.setattr(Standing, "changes_table", lambda *_: True)
    with pytest.raises(fees.TableMoved):
        packs.draft_pack(received.pk, seen, by=EDITOR, at=NOW)


def test_a_draft_that_changed_since_it_was_looked_at_is_not_written_over() -> None:
    make_procedure()
    received = take(changed(plain_pack(), "procedure.yaml", "Xin giấy", "Xin lại giấy"))
    seen = packs.standing_of(packs.content_of(received), on=TODAY).seen
    text = plain_pack()["procedure.yaml"].decode().replace("Xin giấy", "Của người khác")
    procedures.save_draft(text, by=EDITOR, at=NOW, valid_from=TODAY)

    with pytest.raises(PackMoved, match="chưa có gì bị ghi đè"):
        packs.draft_pack(received.pk, seen, by=EDITOR, at=NOW)

    standing = packs.standing_of(packs.content_of(received), on=TODAY)
    assert standing.replaces == ("Bản thảo số 2 của Vũ Thị Quản sẽ bị thay bằng lời của gói.",)


def test_a_pack_is_made_a_draft_once_or_dropped() -> None:
    received = take(plain_pack())
    packs.drop_pack(received.pk, by=EDITOR, at=NOW)

    with pytest.raises(PackMoved, match="đã bỏ"):
        draft(received)


def test_only_who_edits_procedures_everywhere_takes_packs_in() -> None:
    received = take(plain_pack())

    for act in (
        lambda: packs.receive_packs({CODE: plain_pack()}, by=STRANGER, at=NOW),
        lambda: packs.draft_pack(received.pk, "", by=STRANGER, at=NOW),
        lambda: packs.drop_pack(received.pk, by=STRANGER, at=NOW),
        lambda: packs.get_pack(received.pk, by=STRANGER),
        lambda: packs.received_packs(by=STRANGER),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_word_template_that_is_damaged_keeps_the_pack_out() -> None:
    files = with_file(make_pack(), "templates/xac-nhan.docx", b"PK\x03\x04 hong")

    with pytest.raises(BadPack, match=r"templates/xac-nhan.docx"):
        take(files)
    assert not ReceivedPack.objects.exists()


def test_an_unclear_text_makes_no_pack() -> None:
    make_procedure()
    ProcedureVersion.objects.update(state="unclear", unclear=[{"doubt": "limit_not_read"}])

    with pytest.raises(packs.NoSuchPack, match="còn điểm chưa rõ"):
        packs.pack_of(CODE, on=TODAY)


def test_only_the_newest_are_listed_and_go_on_by_key() -> None:
    first, second = take(plain_pack()), take(plain_pack())

    assert [one.pk for one in packs.received_packs(by=EDITOR)] == [second.pk, first.pk]
    assert [one.pk for one in packs.received_packs(by=EDITOR, before=second.pk)] == [first.pk]
    assert replace(packs.content_of(first), files={}).code == CODE
