"""Forms from JSON Schema and back; what cannot be a form is refused with its place."""

import json
from typing import Any

import pytest

from motcua.casework.forms.api import (
    BadForm,
    Sample,
    data_of,
    differences_between,
    failing,
    parse_form,
    put_sample,
    read_schema,
    samples_of,
    schema_with_form,
)

from .make import make_form


def read(schema: Any) -> Any:
    return read_schema(json.dumps(schema).encode(), "x")


def answers(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "title": "Đơn", "properties": properties}


def test_a_schema_of_ours_brings_the_same_form() -> None:
    form = make_form()

    brought, notes = read(schema_with_form(form))

    assert (parse_form(brought), notes) == (form, [])
    assert parse_form(data_of(form)) == form


def test_a_schema_of_others_becomes_pages_and_fields() -> None:
    schema = answers(
        fullName={"type": "string", "title": "Họ tên", "maxLength": 100},
        born={"type": "string", "format": "date"},
        sex={"enum": ["nam", "nữ"]},
        agreed={"const": True},
        address={"title": "Địa chỉ", "properties": {"village": {"type": "string"}}},
        children={"type": "array", "maxItems": 5, "items": {"$ref": "#/$defs/child"}},
    )
    schema |= {"required": ["fullName"], "$defs": {"child": answers(name={"type": "string"})}}

    form = parse_form(read(schema)[0])

    shape = [(p.title, [(f.name, str(f.kind), f.required) for f in p.fields]) for p in form.pages]
    assert shape == [
        (
            "Đơn",
            [
                ("fullname", "text", "true"),
                ("born", "date", "false"),
                ("sex", "choice", "false"),
                ("agreed", "declaration", "false"),
                ("children", "group", "false"),
            ],
        ),
        ("Địa chỉ", [("village", "text", "false")]),
    ]


def test_what_is_left_out_is_said() -> None:
    _, notes = read(answers(a={"type": "string", "pattern": "^x"}))

    assert notes == ["#/a: bỏ qua “pattern”."]


TREE = {**answers(con={"type": "array", "items": {"$ref": "#/$defs/tree"}})}


@pytest.mark.parametrize(
    ("schema", "complaint"),
    [
        ({**TREE, "$defs": {"tree": TREE}}, "tự gọi lại chính nó"),
        ({**answers(a={"$ref": "#/$defs/a"}), "$defs": {"a": {"$ref": "#/$defs/a"}}}, "tự gọi"),
        (answers(a={"$ref": "https://ngoai.example/a.json"}), "chính tệp này"),
        (answers(a={"$ref": "#/$defs/khong"}), "không tìm thấy"),
        (answers(a={"oneOf": [{"type": "string"}]}), "“oneOf” không thành"),
        (answers(a={"type": "null"}), "“null” không hỏi được"),
        (answers(a={"type": "array"}), "phải nói mỗi mục là gì"),
        ({"type": "object"}, "không có “properties”"),
        ([], "phải là {…}"),
    ],
)
def test_what_cannot_be_a_form_is_refused_with_its_place(schema: Any, complaint: str) -> None:
    with pytest.raises(BadForm, match=complaint):
        read(schema)


@pytest.mark.parametrize("content", [b"\xff\xfe{", b"{", b"[" * 100_000])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(BadForm, match="không phải JSON"):
        read_schema(content, "x")


def test_differences_name_what_is_new_gone_and_changed() -> None:
    old = data_of(make_form())
    new = data_of(make_form(fields=[{"name": "quoc_tich", "label": "Quốc tịch"}]))
    new["pages"][0]["fields"][0]["label"] = "Họ tên trẻ"
    del new["pages"][1]["fields"][1]

    told = [
        (one.word, one.what, one.was, one.now)
        for one in differences_between(parse_form(old), parse_form(new))
    ]

    label = "Ô “Họ tên trẻ” (tre_ho_ten): Tên hiện cho người dân"
    assert told == [
        ("Sửa", label, "Họ, chữ đệm, tên của trẻ", "Họ tên trẻ"),
        ("Thêm", "Ô “Quốc tịch” (quoc_tich)", "", "Chữ một dòng, trang “Trẻ được khai sinh”"),
        ("Bỏ", "Ô “Số bản sao” (so_ban_sao)", "Số, trang “Bản sao”", ""),
    ]


def test_test_data_fails_when_the_form_says_something_else() -> None:
    form = make_form()
    data = put_sample(data_of(form), Sample("Trống", {}, ("tre_ho_ten",)))

    told = failing(form, samples_of(data))

    assert [one.startswith("Dữ liệu thử “Trống”: mong tre_ho_ten") for one in told] == [True]


@pytest.mark.parametrize(
    "limit", [float("inf"), float("nan"), 10**400, True, "9"], ids=["inf", "nan", "huge", "t", "s"]
)
def test_a_limit_that_no_answer_can_meet_is_left_out(limit: Any) -> None:
    form = parse_form(read(answers(so={"type": "integer", "minimum": 1, "maximum": limit}))[0])

    (field,) = form.all_fields()
    assert (field.minimum, field.maximum) == (1, None)


@pytest.mark.parametrize("choices", ["abc", 5, {}, [None], None])
def test_choices_that_are_no_list_are_refused(choices: Any) -> None:
    with pytest.raises(BadForm, match="“enum” phải là danh sách"):
        read(answers(so={"enum": choices}))


def test_objects_that_double_with_each_reference_are_soon_refused() -> None:
    parts = {
        f"d{at}": {"properties": {f"p{n}": {"$ref": f"#/$defs/d{at + 1}"} for n in range(300)}}
        for at in range(7)
    }
    schema = answers(a={"$ref": "#/$defs/d0"}) | {"$defs": parts | {"d7": {"properties": {}}}}

    with pytest.raises(BadForm, match="quá 400 ô"):
        read(schema)
