"""Word templates of outcomes: which fields they may use, and which one is in force."""

import io
from datetime import date

import pytest

from motcua.casework.procedures import api as procedures
from motcua.foundation.files import api as files
from motcua.foundation.organisation.tests.make import make_agency
from motcua.foundation.papers.api import TemplateRefused
from motcua.foundation.papers.tests.make import make_template
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import EDITOR, NOW, TEXT, make_procedure

pytestmark = pytest.mark.django_db
CODE, OUTCOME = "1.004873", "xac-nhan"
DAY = date(2026, 1, 1)
GOOD = "Xác nhận {{ to_khai.ho_ten }}, số {{ ky.so }}"


def keep(*paragraphs: str) -> files.StoredFile:
    content = make_template(*paragraphs)
    return files.keep_file("mau.docx", io.BytesIO(content), by=EDITOR, at=NOW)


def add(
    *paragraphs: str,
    valid_from: date = DAY,
    agency_id: int | None = None,
    outcome: str = OUTCOME,
    by: Actor = EDITOR,
) -> procedures.OutcomeTemplate:
    return procedures.add_template(
        CODE,
        outcome,
        keep(*paragraphs),
        "mau.docx",
        valid_from=valid_from,
        agency_id=agency_id,
        by=by,
        at=NOW,
    )


def in_force(procedure: procedures.Procedure, agency_id: int = 0, on: date = DAY) -> int | None:
    """Return the number of the template in force for the outcome."""
    found = procedures.templates_in_force(procedure.pk, agency_id, on).get(OUTCOME)
    return found.number if found else None


def test_a_template_is_used_from_its_day_on() -> None:
    procedure = make_procedure()
    add(GOOD, valid_from=date(2026, 2, 1))

    days = (date(2026, 1, 31), date(2026, 2, 1))

    assert [in_force(procedure, on=day) for day in days] == [None, 1]


def test_a_newer_template_takes_the_place_of_the_one_before() -> None:
    procedure = make_procedure()
    add(GOOD)
    add(GOOD, valid_from=date(2026, 2, 1))

    days = (date(2026, 1, 31), date(2026, 2, 1))

    assert [in_force(procedure, on=day) for day in days] == [1, 2]


def test_the_later_of_two_templates_of_one_day_is_used() -> None:
    procedure = make_procedure()
    add(GOOD)
    add(GOOD)

    assert in_force(procedure) == 2


def test_an_agency_s_own_template_goes_before_the_common_one() -> None:
    procedure, agency = make_procedure(), make_agency()
    add(GOOD, agency_id=agency.pk)
    add(GOOD)

    assert [in_force(procedure, agency.pk), in_force(procedure, 0)] == [1, 2]


def test_a_withdrawn_template_gives_way_to_the_one_before() -> None:
    procedure = make_procedure()
    add(GOOD)
    add(GOOD)

    procedures.withdraw_template(CODE, OUTCOME, 2, by=EDITOR, at=NOW)

    assert in_force(procedure) == 1


def test_a_template_stays_when_the_procedure_gets_a_new_version() -> None:
    procedure = make_procedure()
    add(GOOD)
    make_procedure(text=TEXT.replace("amount_vnd: 15000", "amount_vnd: 8000"))

    assert in_force(procedure) == 1


def test_unknown_fields_are_named() -> None:
    make_procedure()

    with pytest.raises(procedures.BadTemplate, match=r"ho_so\.so_la, to_khai\.khong_co"):
        add("{{ to_khai.khong_co }} {% if ho_so.so_la %}x{% endif %} {{ ho_so.ma }}")


def test_what_the_press_cannot_set_is_named() -> None:
    make_procedure()
    stored = files.keep_file(
        "mau.docx", io.BytesIO(make_template(GOOD, header="UBND xã")), by=EDITOR, at=NOW
    )

    with pytest.raises(procedures.BadTemplate, match="chữ ở đầu trang"):
        procedures.add_template(
            CODE, OUTCOME, stored, "mau.docx", valid_from=DAY, by=EDITOR, at=NOW
        )


def test_an_outcome_that_there_is_not_has_no_template() -> None:
    make_procedure()

    with pytest.raises(procedures.BadTemplate, match="không có kết quả này"):
        add(GOOD, outcome="khac")


def test_a_refusal_may_have_a_template_too() -> None:
    procedure = make_procedure()
    add("Lý do: {{ ket_qua.ly_do }}", outcome=procedures.REFUSAL.code)

    found = procedures.templates_in_force(procedure.pk, 0, DAY)

    assert list(found) == ["tu-choi"]


def test_a_template_that_asks_for_more_than_values_is_refused() -> None:
    make_procedure()

    with pytest.raises(TemplateRefused, match="giá trị, điều kiện và vòng lặp"):
        add("{{ ho_so.ma.upper() }}")


def test_who_may_not_publish_may_not_put_a_template_in_use() -> None:
    make_procedure()

    with pytest.raises(NotAllowed):
        add(GOOD, by=Actor(id=5, name="Cà Văn Dũng"))


def test_who_may_not_publish_may_not_withdraw_a_template() -> None:
    make_procedure()
    add(GOOD)

    with pytest.raises(NotAllowed):
        procedures.withdraw_template(CODE, OUTCOME, 1, by=Actor(id=5, name="Cà Văn Dũng"), at=NOW)


def test_there_is_no_such_template() -> None:
    procedure = make_procedure()

    with pytest.raises(procedures.NoSuchTemplate):
        procedures.get_template(procedure.pk, OUTCOME, 7)


def test_every_field_has_its_name_and_can_be_tried() -> None:
    definition = procedures.parse_text(TEXT.format(code=CODE))
    fields = procedures.merge_fields(definition)
    template = make_template(*(field.written for field in fields))

    trial = procedures.try_template(definition, template, DAY)

    assert (trial.unknown, trial.undrawn, trial.pdf[:5]) == ((), (), b"%PDF-")


def test_answers_of_the_form_are_among_the_fields() -> None:
    definition = procedures.parse_text(TEXT.format(code=CODE))

    labels = {field.path: field.label for field in procedures.merge_fields(definition)}

    assert labels["to_khai.ho_ten"] == "Họ, chữ đệm, tên"


def test_rows_of_a_group_are_among_the_fields() -> None:
    group = (
        "{{name: con, label: Các con, kind: group, fields: [{{name: ten, label: Tên con}}]}}\n"
        "        - {{name: muc_dich"
    )
    text = TEXT.replace("{{name: muc_dich", group).format(code=CODE)
    definition = procedures.parse_text(text)

    (field,) = [
        one
        for one in procedures.merge_fields(definition)
        if one.path.endswith("[].ten") and "to_khai" in one.path
    ]
    rows = procedures.sample_values(definition)["to_khai"]

    assert field.written == "{% for m in to_khai.con %}{{ m.ten }}{% endfor %}"
    assert isinstance(rows, dict)
    assert rows["con"] == [{"ten": "(Các con: Tên con)"}] * 2
