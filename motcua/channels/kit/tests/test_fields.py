"""Fields accept what people type, and say what is wrong in words."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from motcua.channels.kit import contact_fields, fields
from motcua.channels.kit.fields import KitForm, UploadToken

CHOICES = [("a", "Tại quầy"), ("b", "Bưu chính")]


class Application(KitForm):
    full_name = fields.TextField(label="Họ và tên")
    personal_id = fields.PersonalIdField(label="Số định danh cá nhân")
    phone = fields.PhoneField(label="Số điện thoại", required=False)
    born_on = fields.DayField(label="Ngày sinh")
    income = fields.MoneyField(label="Thu nhập", required=False)
    reason = fields.LongTextField(label="Lý do", required=False)
    returning = fields.RadioField(label="Nhận ở đâu?", choices=CHOICES, hints={"b": "Có phí."})
    honest = fields.TickField(label="Tôi cam đoan.")


class Upload(KitForm):
    papers = fields.UploadField(label="Giấy chứng sinh", max_bytes=10, upload_url="/tep/bat-dau/")


def good(**changes: str) -> dict[str, str]:
    return {
        "full_name": "Nguyễn Thị Lan",
        "personal_id": "001 085 012 345",
        "born_on": "27/3/1985",
        "returning": "a",
        "honest": "on",
        **changes,
    }


def cleaned(**changes: str) -> dict[str, Any]:
    form = Application(good(**changes))
    assert form.errors == {}
    return form.cleaned_data


def test_text_is_stored_in_one_spelling_with_single_spaces() -> None:
    assert cleaned(full_name="  Hoa\u0300  An ")["full_name"] == "Hoà An"


def test_lines_of_a_long_text_are_kept() -> None:
    assert cleaned(reason=" một  hai\r\nba ")["reason"] == "một hai\nba"


def test_a_personal_number_may_be_typed_in_groups() -> None:
    assert cleaned()["personal_id"] == "001085012345"


@pytest.mark.parametrize("number", ["00108501234", "0010850123456", "00108501234x"])
def test_a_wrong_personal_number_is_explained(number: str) -> None:
    form = Application(good(personal_id=number))

    assert form.errors["personal_id"] == [
        "Số định danh cá nhân có đúng 12 chữ số, như trên thẻ căn cước."
    ]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("+84 912 345 678", "0912345678"), ("0912.345.678", "0912345678"), ("", "")],
)
def test_telephone_numbers_are_stored_with_their_leading_zero(typed: str, stored: str) -> None:
    assert cleaned(phone=typed)["phone"] == stored


@pytest.mark.parametrize(
    ("typed", "sum_vnd"),
    [("1.250.000", 1_250_000), ("1,250,000 đ", 1_250_000), ("200000 đồng", 200_000), ("", None)],
)
def test_sums_may_be_typed_with_dots_and_unit(typed: str, sum_vnd: int | None) -> None:
    assert cleaned(income=typed)["income"] == sum_vnd


@pytest.mark.parametrize(
    "typed", ["27/3/1985", "27-03-1985", "27.3.1985", "27 3 1985", "27031985", "1985-03-27"]
)
def test_a_day_is_read_in_many_spellings(typed: str) -> None:
    assert cleaned(born_on=typed)["born_on"] == date(1985, 3, 27)


def test_a_day_is_read_from_three_boxes() -> None:
    parts = {"born_on": "", "born_on_day": "27", "born_on_month": "3", "born_on_year": "1985"}

    assert cleaned(**parts)["born_on"] == date(1985, 3, 27)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31/2/1985", "Không có ngày 31/2/1985."),
        ("27/3/85", "Hãy ghi đủ ngày, tháng và bốn chữ số của năm, ví dụ 27/3/1985."),
        ("", "Hãy nhập ngày sinh."),
    ],
)
def test_an_impossible_day_is_explained(typed: str, message: str) -> None:
    assert Application(good(born_on=typed)).errors["born_on"] == [message]


def test_what_was_typed_into_the_boxes_is_given_back() -> None:
    form = Application(good(born_on="", born_on_day="31", born_on_month="2", born_on_year="1985"))
    shown = fields.field_values(form["born_on"]).parameters

    assert (shown["day"], shown["month"], shown["year"]) == ("31", "2", "1985")


def test_a_box_left_empty_is_named() -> None:
    assert fields.TickField(label="Người nộp đã ký đơn").asked() == (
        "Hãy đánh dấu ô “Người nộp đã ký đơn”."
    )


def test_empty_answers_are_asked_for_by_name() -> None:
    form = Application({})

    assert [problem["text"] for problem in form.problems()] == [
        "Hãy nhập họ và tên.",
        "Hãy nhập số định danh cá nhân.",
        "Hãy nhập ngày sinh.",
        "Hãy trả lời câu hỏi “Nhận ở đâu?”.",
        "Hãy đánh dấu ô này.",
    ]


def test_each_problem_leads_to_a_control_on_the_page() -> None:
    form = Application({})
    page = "".join(form.field(name) for name in form.fields)

    missing = [p["href"] for p in form.problems() if f'id="{p["href"][1:]}"' not in page]
    assert missing == []


def test_a_refusal_stands_beside_its_field() -> None:
    form = Application(good())
    form.blame("Số này đã có tài khoản.", "personal_id")
    form.blame("Hồ sơ đã đóng.", "unknown")

    assert form.problems() == [
        {"text": "Hồ sơ đã đóng.", "href": ""},
        {"text": "Số này đã có tài khoản.", "href": "#id_personal_id"},
    ]


def test_files_and_tokens_come_together() -> None:
    small = SimpleUploadedFile("a.pdf", b"123")
    form = Upload(QueryDict("papers_token=xyz&papers_token="), MultiValueDict({"papers": [small]}))

    assert form.is_valid()
    assert form.cleaned_data["papers"] == [small, UploadToken("xyz")]


def test_a_file_over_the_limit_is_named() -> None:
    big = SimpleUploadedFile("a.pdf", b"12345678901")
    form = Upload(QueryDict(), MultiValueDict({"papers": [big]}))

    assert form.errors["papers"] == ["Tệp “a.pdf” nặng 11 byte, quá giới hạn 10 byte."]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (forms.CharField(widget=forms.Textarea), "textarea"),
        (forms.ChoiceField(choices=[("Nhóm", CHOICES)]), "select"),
        (forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect), "radios"),
        (
            forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple),
            "checkboxes",
        ),
        (forms.BooleanField(), "checkbox"),
        (forms.FileField(), "file"),
        (forms.CharField(widget=forms.HiddenInput), "hidden"),
        (forms.CharField(widget=forms.PasswordInput), "text"),
        (forms.DateField(initial=date(2026, 1, 7)), "text"),
    ],
)
def test_django_s_own_fields_are_drawn_too(field: forms.Field, kind: str) -> None:
    class Plain(KitForm):
        thing = field

    form = Plain()

    assert fields.field_values(form["thing"]).kind == kind
    assert 'name="thing"' in form.field("thing")


def test_a_password_is_never_given_back() -> None:
    class SignIn(KitForm):
        secret = fields.SecretField(label="Mật khẩu")

    assert "bí mật" not in SignIn({"secret": "bí mật"}).field("secret")


def test_officers_may_type_a_day_into_one_box() -> None:
    class Quick(KitForm):
        on = fields.DayField(label="Ngày", look={"single": True}, initial=date(2026, 1, 7))

    assert 'value="07/01/2026"' in Quick().field("on")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (contact_fields.NameField(label="Họ và tên"), "😀 123", "Hãy ghi tên bằng chữ."),
        (
            contact_fields.EmailField(label="Thư điện tử"),
            "lan@",
            "Thư điện tử chưa đúng. Ví dụ: ten@gmail.com.",
        ),
    ],
)
def test_what_is_no_name_and_no_address_is_told(field: forms.Field, typed: str, told: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)

    assert refused.value.messages == [told]
    assert contact_fields.NameField().clean("Lò  Thị Lan") == "Lò Thị Lan"


def test_what_is_too_long_is_said_with_its_field() -> None:
    class Note(KitForm):
        note = fields.LongTextField(label="Ghi chú 100%", max_length=5)

    form = Note({"note": "dài quá rồi"})

    assert form.errors["note"] == ["“Ghi chú 100%” dài quá: tối đa 5 chữ cái, nay có 11."]
