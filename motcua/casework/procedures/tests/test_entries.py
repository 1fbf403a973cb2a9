"""The lists of a version one entry at a time; what must not be published, and by whom unseen."""

from datetime import date

import pytest

from motcua.casework.forms.api import mark_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.rules.entries import (
    drop_entry,
    entries_of,
    kept_of,
    put_entry,
)
from motcua.casework.procedures.tests.make import EDITOR, NOW, TEXT, make_procedure

CODE = "1.004873"
FROM = date(2026, 2, 1)
PAPERS = [{"code": "don", "name": "Đơn", "copies": 2, "note": "cũ"}]


def test_a_new_entry_gets_a_code_of_its_own_from_its_name() -> None:
    once = put_entry(PAPERS, "", {"name": "Đơn", "note": None})

    assert once == [*PAPERS, {"code": "don-2", "name": "Đơn"}]
    assert put_entry(None, "", {"name": "Điều lệ hợp tác xã"})[0]["code"] == "dieu-le-hop-tac-xa"


def test_what_a_page_does_not_ask_stays_and_what_is_emptied_goes() -> None:
    after = put_entry(PAPERS, "don", {"name": "Đơn mới", "note": None}, seen=mark_of(PAPERS[0]))

    assert after == [{"code": "don", "name": "Đơn mới", "copies": 2}]


def test_nobody_writes_over_what_somebody_else_changed() -> None:
    with pytest.raises(procedures.DraftMoved, match="Chưa có gì bị ghi đè"):
        put_entry(PAPERS, "don", {"name": "Khác"}, seen="0" * 16)
    with pytest.raises(procedures.DraftMoved, match="Chưa có gì bị ghi đè"):
        put_entry(PAPERS, "khac", {"name": "Khác"}, seen=mark_of(PAPERS[0]))
    with pytest.raises(procedures.DraftMoved, match="không còn"):
        drop_entry(PAPERS, "khac")


def test_terms_of_waiting_and_derived_facts_are_lists_on_pages_and_kept_as_they_were() -> None:
    waiting = {"supplement": {"rule": "pause", "window": "1 working_day"}, "payment": "counts"}
    derived = [{"name": "qua_han", "value": "a > 60", "flag": "Quá hạn"}]

    terms = entries_of("waiting", waiting)
    facts = entries_of("derived", derived)

    assert [(one["code"], one["rule"]) for one in terms] == [
        ("supplement", "pause"),
        ("payment", "counts"),
    ]
    assert kept_of("waiting", terms) == {**waiting, "payment": {"rule": "counts"}}
    assert kept_of("derived", facts) == derived
    assert (kept_of("waiting", []), kept_of("derived", [])) == (None, None)


def test_one_ground_or_name_is_not_said_twice() -> None:
    terms = entries_of("waiting", {"payment": "counts"})
    facts = entries_of("derived", [{"name": "tre", "value": "a < 16"}])

    with pytest.raises(procedures.BadDefinition, match="“payment” đã có"):
        kept_of("waiting", put_entry(terms, "", {"code": "payment", "rule": "pause"}))
    with pytest.raises(procedures.BadDefinition, match="“tre” đã có"):
        kept_of("derived", put_entry(facts, "", {"name": "tre", "value": "a < 6"}))


@pytest.mark.parametrize("part", ["waiting", "derived"])
def test_a_part_of_another_shape_is_left_to_the_page_of_text(part: str) -> None:
    with pytest.raises(procedures.BadDefinition, match="viết khác thường"):
        entries_of(part, "pause")


def test_a_derived_fact_does_not_hide_an_answer_or_another_one() -> None:
    text = TEXT.format(code=CODE)
    twice = "derived:\n  - {name: x, value: 1 > 0}\n  - {name: x, value: 1 > 2}\n"

    with pytest.raises(procedures.BadDefinition, match="ghi hai lần"):
        procedures.parse_text(f"{text}\n{twice}")
    with pytest.raises(procedures.BadDefinition, match="trùng tên một ô"):
        procedures.parse_text(f"{text}\nderived: [{{name: ho_ten, value: 1 > 0}}]\n")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("number_of_sets", "number_of_sets: .inf #", "không phải là số"),
        ("papers:", "fees_: []\npapers:\n  - {code: to-khai, name: Lặp}", "ghi hai lần"),
        ("amount_vnd: 15000", "amount_vnd: 15000, collected: at_filling", "at_filing"),
        ("amount_vnd: 15000", "amount_vnd: 15000, cases: [la]", "không có trường hợp “la”"),
        ("amount_vnd: 15000", "amount_vnd: 99999999999999999999", "số quá lớn"),
    ],
)
def test_what_could_not_be_filed_is_refused(old: str, new: str, complaint: str) -> None:
    text = TEXT.format(code=CODE)
    text = text.replace(old, new) if old in text else f"{text}\n{new}\n"

    with pytest.raises(procedures.BadDefinition, match=complaint):
        procedures.parse_text(text)


def test_what_is_left_empty_is_not_called_none() -> None:
    definition = procedures.parse_text(
        f'code: "{CODE}"\nname: Tên\nplain_name:\nsector_name: Hộ tịch\nlevel: commune\n'
        "decided_by:\npapers:\n  - {code: don, name: Đơn, note: }\n"
    )

    assert (definition.plain_name, definition.decided_by) == ("", "")
    assert definition.papers[0].note == ""
    assert [words[:9] for words in definition.lacks] == ["Chưa có t", "Chưa có q"]


@pytest.mark.django_db
class TestPublishing:
    @pytest.fixture(autouse=True)
    def _procedure(self) -> None:
        procedures.forget_kept()
        make_procedure()

    def draft(self, text: str = TEXT) -> procedures.ProcedureVersion:
        return procedures.save_draft(text.format(code=CODE), by=EDITOR, at=NOW, valid_from=FROM)

    def test_a_text_that_nobody_looked_at_is_not_published(self) -> None:
        seen = self.draft().digest
        later = self.draft(TEXT.replace("Xin giấy", "Xin lại giấy"))

        with pytest.raises(procedures.DraftMoved, match="chưa công khai gì"):
            procedures.publish_version(later.pk, by=EDITOR, at=NOW, seen=seen)

        later.refresh_from_db()
        assert later.state == procedures.VersionState.DRAFT

    def test_what_is_published_is_not_published_once_more(self) -> None:
        draft = self.draft()
        procedures.publish_version(draft.pk, by=EDITOR, at=NOW)

        with pytest.raises(procedures.DraftMoved, match="không còn là bản thảo"):
            procedures.publish_version(draft.pk, by=EDITOR, at=NOW)

    def test_an_agency_that_is_not_there_does_not_open_it_to_all(self) -> None:
        draft = self.draft(f"{TEXT}\nagency_codes: [H18.999]\n")

        with pytest.raises(procedures.BadDefinition, match=r"Không có cơ quan mã H18\.999"):
            procedures.publish_version(draft.pk, by=EDITOR, at=NOW)

    def test_a_procedure_said_to_be_new_replaces_no_draft(self) -> None:
        kept = self.draft()

        with pytest.raises(procedures.DraftMoved, match="đã có"):
            procedures.save_draft(
                TEXT.format(code=CODE),
                by=EDITOR,
                at=NOW,
                valid_from=FROM,
                seen=procedures.NOTHING,
            )

        assert procedures.get_version(CODE, kept.number).edited_at == NOW

    def test_several_parts_change_at_once_and_none_takes_one_out(self) -> None:
        draft = self.draft()
        before = procedures.read_text(draft.source)

        after = procedures.change_parts(
            draft.pk,
            ("name", "plain_name", "papers"),
            lambda parts: {**parts, "name": "Tên mới", "plain_name": None},
            by=EDITOR,
            at=NOW,
            valid_from=date(2026, 3, 1),
        )

        expected = {**before, "name": "Tên mới"}
        del expected["plain_name"]
        assert procedures.read_text(after.source) == expected
        assert after.valid_from == date(2026, 3, 1)
