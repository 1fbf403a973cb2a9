"""An example for every shape, made from the shape itself and from words people would send."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
DEEPEST = 8
WORDS: Mapping[str, Any] = {
    "code": "H18.101-260302-0007",
    "codes": ["H18.101-260302-0007"],
    "procedure_code": "1.004873",
    "case_code": "thuong",
    "agency_code": "H18.101",
    "agency_codes": ["H18.101"],
    "only_codes": ["H18.101"],
    "unit_code": "H18.101.TP",
    "desk_code": "H18.101.MC",
    "to_unit_code": "H18.101.TP",
    "from_unit_code": "H18.101.MC",
    "lead_unit_code": "H18.101.VP",
    "outside_code": "G01.899-260302-0009",
    "full_name": "Lò Thị Lan",
    "applicant_name": "Lò Thị Lan",
    "submitter_name": "Lò Thị Lan",
    "payer_name": "Lò Thị Lan",
    "handed_to": "Lò Thị Lan",
    "by_name": "Quàng Văn Bình",
    "assignee_name": "Lường Thị Mai",
    "username": "mai.lt",
    "password": "một câu dễ nhớ với ông bà",
    "phone": "0912345678",
    "submitter_phone": "0912345678",
    "email": "lan@example.vn",
    "address": "Bản Che Căn, xã Mường Phăng",
    "summary": "Cấp giấy xác nhận tình trạng hôn nhân",
    "subject": "V/v rà soát thủ tục hành chính năm 2026",
    "name": "Tờ khai",
    "spec_code": "to-khai",
    "title": "Rà soát hồ sơ trễ hạn",
    "words": "Giao Văn phòng chủ trì.",
    "note": "Đã kiểm tra bản chính.",
    "comment": "Đủ điều kiện.",
    "reason": "Thiếu bản sao giấy khai sinh.",
    "basis": "Điều 17 Nghị định 118/2025/NĐ-CP",
    "detail": "Xem từng ô trong errors.",
    "token": "kJ3v0xq2m5",
    "upload_token": "kJ3v0xq2m5",
    "step": "tham-dinh",
    "url": "https://he-thong.example.vn/nhan-tin",
    "status": 409,
    "number": "15",
    "text": "Tôi xin hỏi hồ sơ còn thiếu gì?",
    "queue": "to-hand-out",
    "form": "01",
    "Idempotency-Key": "nop-2026-0007",
}
BY_FORMAT: Mapping[str, Any] = {
    "date": "2026-03-02",
    "date-time": "2026-03-02T09:00:00+07:00",
    "binary": "",
    "uuid": "6f1c1e0e-52b3-4f0e-9b0e-1d4b0f3f7a11",
    "time": "11:00:00",
}


def example_of(schema: Schema, parts: Mapping[str, Schema], name: str = "", deep: int = 0) -> Any:
    """Return a value that fits the schema, in words that fit the name where there are any."""
    if "$ref" in schema:
        return example_of(parts[schema["$ref"].rsplit("/", 1)[-1]], parts, name, deep + 1)
    if schema.get("examples"):
        return schema["examples"][0]
    for key in ("enum", "anyOf", "oneOf", "allOf"):
        if key in schema:
            first = schema[key][0]
            return first if key == "enum" else example_of(first, parts, name, deep)
    if "const" in schema:
        return schema["const"]
    return _plain(schema, parts, name, deep)


def _plain(schema: Schema, parts: Mapping[str, Schema], name: str, deep: int) -> Any:
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, parts, deep)
    if kind == "array":
        return _array(schema, parts, name, deep)
    if kind in {"integer", "number"}:
        return _number(schema, name)
    if kind == "string":
        return _word(schema, name)
    return {"boolean": True, "null": None}.get(str(kind), {})


def _object(schema: Schema, parts: Mapping[str, Schema], deep: int) -> dict[str, Any]:
    fields = schema.get("properties", {})
    if deep > DEEPEST:
        fields = {name: fields[name] for name in schema.get("required", ())}
    return {name: example_of(one, parts, name, deep + 1) for name, one in fields.items()}


def _array(schema: Schema, parts: Mapping[str, Schema], name: str, deep: int) -> list[Any]:
    if isinstance(WORDS.get(name), list):
        return list(WORDS[name])
    items = schema.get("items", {})
    return [] if deep > DEEPEST else [example_of(items, parts, name.rstrip("s"), deep + 1)]


def _number(schema: Schema, name: str) -> Any:
    known = WORDS.get(name)
    least = schema.get("minimum", schema.get("exclusiveMinimum", 0))
    if isinstance(known, int):
        return known
    return max(least, 1) if schema.get("maximum", 1) >= 1 else least


def _word(schema: Schema, name: str) -> str:
    if "format" in schema and schema["format"] in BY_FORMAT:
        return str(BY_FORMAT[schema["format"]])
    known = WORDS.get(name)
    if "pattern" in schema and not isinstance(known, str):
        return str(schema.get("default", ""))
    word = known if isinstance(known, str) else str(schema.get("default") or "…")
    return word[: schema.get("maxLength", len(word))]
