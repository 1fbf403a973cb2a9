"""What dossiers promise stands in the public ledger, and who tampers with a dossier is found."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import Dossier, DossierMove
from motcua.casework.dossiers.operations.certifying import certify_copies
from motcua.casework.dossiers.operations.correcting import correct_reception
from motcua.casework.dossiers.operations.ending import stop, withdraw
from motcua.casework.dossiers.operations.promises import apologise
from motcua.casework.dossiers.operations.reception import receive_dossier, refuse_dossier
from motcua.casework.dossiers.operations.returning import return_outcome
from motcua.casework.dossiers.operations.supplements import ask_supplement, supply
from motcua.casework.dossiers.queries.chained import hashed
from motcua.casework.dossiers.queries.promised import slip_proof
from motcua.casework.dossiers.rules.application import PaperIn
from motcua.casework.dossiers.rules.certification import CertLine
from motcua.casework.dossiers.rules.supplements import SupplementItemIn
from motcua.casework.procedures.tests.make import make_procedure
from motcua.foundation.ledger import api as ledger
from motcua.lib.chained import chain

from .make import (
    CERTIFICATION,
    LAN,
    MONDAY,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received,
    make_received_at_desk,
    make_resolved,
)

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
MISSING = SupplementItemIn("Bản sao rõ nét", "Bản đã nộp mờ")


def kinds(code: str) -> list[str]:
    return [leaf.kind for leaf in ledger.leaves_of(code)]


def test_filing_promises_nothing_yet() -> None:
    commune = make_all()

    code = make_filed(commune)

    assert (kinds(code), len(get_dossier(code).promise_salt)) == ([], 22)


def test_receiving_states_the_reception_and_its_promise() -> None:
    code = make_received(make_all())

    received, promised = ledger.leaves_of(code)

    assert b'"due"' not in received.public
    assert promised.public.startswith(b'{"a":"H18.101","d":"2026-03-02","due":"2026-03-05","k":')


def test_a_whole_life_is_in_the_ledger_in_its_order() -> None:
    commune = make_all()
    code = make_resolved(commune)
    return_outcome(code, handed_to="Lò Thị Lan", handed_how="căn cước", by=commune.binh, at=MONDAY)

    assert kinds(code) == ["received", "promised", "decided", "returned"]
    assert list(ledger.verify()) == []


def test_a_wait_pauses_and_goes_on_with_another_day() -> None:
    commune = make_all()
    code = make_received(commune)

    ask_supplement(code, [MISSING], by=commune.binh, at=MONDAY)
    supply(code, [PaperIn("ban-sao", "Bản sao rõ nét")], by=LAN, at=WEDNESDAY)

    assert kinds(code) == ["received", "promised", "paused", "redated", "resumed"]
    assert list(ledger.verify()) == []


def test_an_apology_changes_the_promise_in_public() -> None:
    commune = make_all()
    code = make_received(commune)

    apologise(code, MONDAY + timedelta(days=8), "Thiếu người", by=commune.hoa, at=TUESDAY)

    assert kinds(code)[2:] == ["redated"]
    assert b'"due":"2026-03-10"' in ledger.leaves_of(code)[-1].public


def test_every_other_end_is_stated_and_needs_no_resumption() -> None:
    commune = make_all()
    stopped, withdrawn, refused = make_received(commune), make_filed(commune), make_filed(commune)
    ask_supplement(stopped, [MISSING], by=commune.binh, at=MONDAY)

    stop(stopped, "Hết hạn bổ sung", "Điều 9", by=commune.hoa, at=TUESDAY)
    withdraw(withdrawn, by=LAN, at=TUESDAY)
    refuse_dossier(refused, reason="Sai nơi nhận", basis="Điều 4", by=commune.binh, at=MONDAY)

    assert kinds(stopped) == ["received", "promised", "paused", "stopped"]
    assert (kinds(withdrawn), kinds(refused)) == (["withdrawn"], ["refused"])
    assert list(ledger.verify()) == []


def test_what_is_certified_in_one_breath_states_all_of_it() -> None:
    make_procedure(code="2.000815", text=CERTIFICATION)
    commune = make_commune()
    binh = commune.binh

    code = certify_copies(
        [CertLine("Bằng tốt nghiệp", 1, 2)],
        "Lò Thị Lan",
        desk_unit_id=commune.desk_id,
        by=binh,
        at=MONDAY,
        receipt_number="BL-1",
    )

    assert kinds(code) == ["received", "promised", "decided", "returned"]
    assert list(ledger.verify()) == []


def test_a_reception_corrected_to_another_agency_keeps_its_first_leaf_true() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=20)
    code = make_received_at_desk(commune)

    changes = {"agency_id": other.agency_id}
    correct_reception(code, changes, "Sai xã", by=commune.oanh, at=MONDAY)

    assert list(ledger.verify()) == []


def test_a_sensitive_procedure_is_not_named_in_public() -> None:
    commune = make_all(text_change=('code: "{code}"', 'code: "{code}"\nsensitive: true'))

    code = make_received(commune)

    assert b'"p":""' in ledger.leaves_of(code)[0].public


def test_the_leaf_tells_neither_code_nor_name() -> None:
    code = make_received(make_all())

    public = b"".join(leaf.content for leaf in ledger.leaves_of(code)).decode()

    assert [word for word in (code, "Lan", "Bình", "260302") if word in public] == []


def tamper(*statements: str) -> None:
    """Do what somebody with all rights on the database does."""
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def first_wrong() -> ledger.Finding:
    return next(ledger.verify())


def sealed() -> str:
    """Return the code of a received dossier whose promise is sealed."""
    code = make_received(make_all())
    ledger.seal("promises", at=MONDAY)
    return code


@pytest.mark.parametrize(
    ("sql", "index", "says"),
    [
        (
            "UPDATE dossiers_dossier SET due_at = due_at + interval '5 days'",
            None,
            "{code}: ngày hẹn trên hồ sơ khác ngày hẹn ở việc thứ 2",
        ),
        (
            "UPDATE dossiers_dossier SET due_originally_at = due_at + interval '5 days'",
            None,
            "{code}: ngày hẹn lần đầu khác việc đã ghi",
        ),
        (
            "UPDATE dossiers_dossier SET received_at = received_at + interval '1 day'",
            None,
            "{code}: thời điểm tiếp nhận khác việc đã ghi",
        ),
        (
            "UPDATE dossiers_duechange SET due_now = due_now + interval '1 day'",
            None,
            "{code}: lý do đổi hẹn số 2000 không khớp việc đã ghi",
        ),
        (
            "UPDATE dossiers_dossiermove SET due_at = due_at + interval '5 days' WHERE seq = 2",
            0,
            "{code}, Hẹn trả (lần 2): hồ sơ nay nói khác",
        ),
        (
            "UPDATE dossiers_dossiermove SET at = at - interval '1 day' WHERE seq = 2",
            0,
            "{code}, Tiếp nhận (lần 2): hồ sơ nay nói khác",
        ),
        (
            "DELETE FROM dossiers_dossiermove WHERE seq = 2",
            0,
            "{code}, Tiếp nhận (lần 2): việc này không còn trong hồ sơ",
        ),
    ],
    ids=["due", "first due", "received", "reason", "move's due", "back-dated", "deleted"],
)
def test_a_changed_dossier_is_named(sql: str, index: int | None, says: str) -> None:
    code = sealed()

    tamper(sql)

    found = [(one.index, one.says) for one in ledger.verify()]
    expected = says.format(code=code)
    assert expected in [words for _, words in found]
    assert (found[0][0] is None) == (index is None)


def test_a_deleted_dossier_is_named_by_its_first_leaf() -> None:
    code = sealed()
    tables = ("dossiermove", "duechange", "dossierscope", "dossierstep", "dossieranswers")
    more = ("dossierparty", "dossierpaper", "answerfield", "issuedpaper")

    tamper(
        *(f"DELETE FROM dossiers_{name}" for name in (*tables, *more)),  # noqa: S608 -- our tables
        "DELETE FROM dossiers_dossier",
    )

    assert first_wrong() == ledger.Finding(
        "promises", 0, f"{code}, Tiếp nhận (lần 2): hồ sơ không còn"
    )


def test_a_move_slipped_in_with_a_right_hash_is_named() -> None:
    """Whoever can compute the chain again still has no leaf for what he adds."""
    code = sealed()
    dossier = get_dossier(code)
    move = DossierMove.objects.get(dossier=dossier, seq=2)
    move.seq, move.act, move.was, move.status = 3, "stop", "received", "stopped"
    move.prev_hash = move.hash
    rehash(move)
    move._state.adding = True
    move.save(force_insert=True)
    Dossier.objects.filter(pk=dossier.pk).update(version=3, latest_hash=move.hash)

    says = f"{code}: Dừng giải quyết (lần 3) được chèn vào hồ sơ, không có trong sổ"
    assert [one.says for one in ledger.verify()] == [says]


def test_a_promise_moved_with_the_whole_chain_computed_anew_is_named() -> None:
    code = sealed()
    dossier = get_dossier(code)
    move = DossierMove.objects.get(dossier=dossier, seq=2)
    move.due_at = later = MONDAY + timedelta(days=9)
    rehash(move)
    move.save()
    tamper("UPDATE dossiers_duechange SET due_now = '2026-03-11 02:00:00+00'")
    Dossier.objects.filter(pk=dossier.pk).update(
        due_at=later, due_originally_at=later, latest_hash=move.hash
    )

    assert [(one.index, one.says) for one in ledger.verify()] == [
        (0, f"{code}, Tiếp nhận (lần 2): hồ sơ nay nói khác"),
        (1, f"{code}, Hẹn trả (lần 2): hồ sơ nay nói khác"),
    ]


def rehash(move: DossierMove) -> None:
    from_here = DossierMove.objects.get(dossier=move.dossier_id, seq=1).hash
    move.hash = chain(from_here if move.seq == 2 else move.prev_hash, hashed(move))


def test_a_dossier_slipped_in_without_a_secret_word_is_named() -> None:
    commune = make_all()
    make_received(commune)
    code = make_filed(commune)

    tamper(f"UPDATE dossiers_dossier SET promise_salt = '' WHERE code = '{code}'")  # noqa: S608 -- our own code

    assert [one.says for one in ledger.verify()] == [
        f"{code}: hồ sơ mới hơn sổ nhưng không có trong sổ"
    ]


def test_dossiers_from_before_the_ledger_are_left_alone() -> None:
    commune = make_all()
    code = make_filed(commune)
    Dossier.objects.update(promise_salt="")
    receive_dossier(code, by=commune.binh, at=MONDAY)
    make_received(commune)

    assert (kinds(code), list(ledger.verify())) == ([], [])


def test_the_slip_proves_its_promise_and_no_other_word_opens_it() -> None:
    code = make_received(make_all())
    ledger.seal("promises", at=MONDAY)
    ledger.make_head(at=MONDAY)

    proof = slip_proof(code, get_dossier(code).promise_salt)

    assert [leaf.kind for leaf, _record, _path in proof.proven] == ["received", "promised"]
    for word in ("", "x" * 22, get_dossier(code).promise_salt[:-1]):
        with pytest.raises(NoSuchDossier):
            slip_proof(code, word)
