"""Answers that repeat what is known of a person follow the person."""

from motcua.casework.forms.api import Field, FieldKind, Form, Page
from motcua.channels.kit.answers import forget_known

FIELD = Field(name="ten", label="Họ tên", kind=FieldKind.TEXT, prefill="person.full_name")
FORM = Form(code="to-khai", title="Tờ khai", pages=(Page(title="Người", fields=(FIELD,)),))
BEFORE = {"person.full_name": "Lò Thị Lam"}
KNOWN = {"person.full_name": "Lò Thị Lan"}


def test_an_answer_filled_in_from_a_slip_of_the_pen_goes() -> None:
    answers = {"ten": "Lò Thị Lam"}

    forget_known(FORM, answers, BEFORE, KNOWN)

    assert answers == {}


def test_an_answer_typed_otherwise_stays() -> None:
    answers = {"ten": "Vàng A Dũng"}

    forget_known(FORM, answers, BEFORE, KNOWN)

    assert answers == {"ten": "Vàng A Dũng"}


def test_an_answer_to_what_is_still_known_stays() -> None:
    answers = {"ten": "Lò Thị Lan"}

    forget_known(FORM, answers, KNOWN, KNOWN)

    assert answers == {"ten": "Lò Thị Lan"}
