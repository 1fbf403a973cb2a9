"""Forms from JSON Schema and back: a schema of ours brings the same form, another one a draft."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from motcua.casework.forms.choices import FieldKind
from motcua.casework.forms.errors import BadForm

from .definition import MOST_ROWS, parse_form
from .designing import name_from
from .numbers import MOST_DECIMALS
from .plain import data_of
from .references import MOST_FIELDS
from .schema import LARGEST, LONGEST_TEXT, schema_of
from .shape import Form

Data = dict[str, Any]
Schema = Mapping[str, Any]
OURS = "x-motcua-form"
MOST_BYTES = 1_000_000
DEEPEST = 8
_MOST_MET = 4 * MOST_FIELDS
_TOO_MANY = f"Schema có quá {MOST_FIELDS} ô; hãy chia thành nhiều biểu mẫu."
_REFUSED = ("oneOf", "anyOf", "if", "not", "dependentSchemas", "patternProperties", "prefixItems")
_FORMATS = {"date": FieldKind.DATE, "email": FieldKind.EMAIL, "idn-email": FieldKind.EMAIL}


def schema_with_form(form: Form) -> dict[str, Any]:
    """Return the schema of the answers; under `x-motcua-form` it bears the form itself."""
    return {**schema_of(form), OURS: data_of(form)}


def read_schema(content: bytes, code: str) -> tuple[Data, list[str]]:
    """Return the form that a JSON Schema describes, and what of it was left out, by its place.

    A schema written by `schema_with_form` brings exactly that form.
    Raises: BadForm naming the place of what cannot be a form: a schema that refers to itself or
    to another address, alternatives, values without names.
    """
    if len(content) > MOST_BYTES:
        raise BadForm("Tệp lớn quá 1 MB; biểu mẫu không dài đến thế.", field="file")
    schema = _json(content)
    if isinstance(schema.get(OURS), Mapping):
        return _ours(schema[OURS]), []
    reader = _Reader(schema)
    title = str(schema.get("title") or "Tờ khai")
    pages = list(reader.pages(schema, title))
    form = {"code": code, "title": title, "pages": pages}
    return data_of(parse_form(form)), reader.notes


def _ours(data: Data) -> Data:
    """Return a form of ours, written anew. Raises: BadForm."""
    try:
        return data_of(parse_form(data))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"“{OURS}” có mục ghi sai kiểu dữ liệu: {error}."
        raise BadForm(message, field="file") from error


def _json(content: bytes) -> Schema:
    try:
        schema = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        message = "Tệp không phải JSON (mã UTF-8); hãy lưu lại đúng định dạng rồi nhập."
        raise BadForm(message, field="file") from error
    if not isinstance(schema, Mapping):
        raise BadForm("Tệp không phải một JSON Schema: ngoài cùng phải là {…}.", field="file")
    return schema


class _Reader:
    """One schema while it is read: what it defines, which names are taken, what was left out."""

    def __init__(self, schema: Schema) -> None:
        self.root = schema
        self.notes: list[str] = []
        self._names: set[str] = set()
        self._met = 0

    def pages(self, schema: Schema, title: str) -> Iterator[Data]:
        """Give the pages: the plain answers first, then each object in an object as its own."""
        own: dict[str, Schema] = {}
        nested: dict[str, Schema] = {}
        for key, one in _properties(schema, "#").items():
            found = self._resolved(one, f"#/{key}", ())
            target = nested if _kind_of(found) == "object" else own
            target[key] = found
        if own:
            fields = self._fields(own, _required(schema), "#", ())
            yield {"title": title, "fields": list(fields)}
        for key, one in nested.items():
            fields = self._flat(one, f"#/{key}", ())
            yield {"title": str(one.get("title") or key), "fields": list(fields)}
        if not own and not nested:
            raise BadForm("Schema không có “properties” nào; không có gì để hỏi.", field="file")

    def _flat(self, schema: Schema, where: str, way: tuple[str, ...]) -> Iterator[Data]:
        """Give the fields of an object, those of objects inside it among them."""
        _check_depth(where)
        required = _required(schema)
        for key, raw in _properties(schema, where).items():
            here = f"{where}/{key}"
            one = self._resolved(raw, here, way)
            if _kind_of(one) == "object":
                yield from self._flat(one, here, (*way, str(raw.get("$ref", ""))))
            else:
                yield from self._fields({key: one}, required, where, way)

    def _fields(
        self, properties: Mapping[str, Schema], required: set[str], where: str, way: tuple[str, ...]
    ) -> Iterator[Data]:
        for key, schema in properties.items():
            here = f"{where}/{key}"
            field = self._field(schema, here, way)
            name = self._free(name_from(key))
            label = str(schema.get("title") or key)
            needed = {} if key in required else {"required": False}
            hint = {"hint": str(schema["description"])} if schema.get("description") else {}
            yield {"name": name, "label": label, **field, **hint, **needed}

    def _field(self, schema: Schema, here: str, way: tuple[str, ...]) -> Data:
        if len(self._names) > MOST_FIELDS:
            raise BadForm(_TOO_MANY, field="file")
        self._note(schema, here)
        if schema.get("const") is True:
            return {"kind": str(FieldKind.DECLARATION)}
        if "enum" in schema:
            return {"kind": str(FieldKind.CHOICE), "options": _options(schema, here)}
        read = _READERS.get(_kind_of(schema))
        if read is not None:
            return read(schema)
        if _kind_of(schema) == "array":
            return self._array(schema, here, way)
        message = f"{here}: loại “{schema.get('type')}” không hỏi được; dùng string, integer, …"
        raise BadForm(message, field="file")

    def _array(self, schema: Schema, here: str, way: tuple[str, ...]) -> Data:
        raw = schema.get("items")
        if not isinstance(raw, Mapping):
            message = f"{here}: danh sách phải nói mỗi mục là gì (“items”)."
            raise BadForm(message, field="file")
        items = self._resolved(raw, f"{here}/items", way)
        if "enum" in items:
            return {"kind": str(FieldKind.CHOICES), "options": _options(items, here)}
        if _kind_of(items) != "object":
            items = {"properties": {"muc": {"title": "Mục", **items}}, "required": ["muc"]}
        _check_depth(here)
        taken, self._names = self._names, set()
        rows = list(self._flat(items, f"{here}/items", (*way, str(raw.get("$ref", "")))))
        self._names = taken
        limits = {
            ours: schema[theirs]
            for ours, theirs in (("minimum", "minItems"), ("maximum", "maxItems"))
            if _is_count(schema.get(theirs))
        }
        return {"kind": str(FieldKind.GROUP), "fields": rows, **limits}

    def _resolved(self, schema: Any, here: str, way: tuple[str, ...]) -> Schema:
        """Return the schema itself, or what of the same file it refers to; never in a circle.

        Each counts as often as it is met: objects full of references to others double with each.
        """
        self._met += 1
        if self._met > _MOST_MET:
            raise BadForm(_TOO_MANY, field="file")
        seen = set(way)
        while isinstance(schema, Mapping) and "$ref" in schema:
            ref = str(schema["$ref"])
            if not ref.startswith("#/"):
                message = f"{here}: “$ref” chỉ được chỉ vào chính tệp này, không phải “{ref}”."
                raise BadForm(message, field="file")
            if ref in seen:
                message = (
                    f"{here}: “{ref}” tự gọi lại chính nó; biểu mẫu như thế không có điểm dừng."
                )
                raise BadForm(message, field="file")
            seen.add(ref)
            schema = {
                **self._pointed(ref, here),
                **{k: v for k, v in schema.items() if k != "$ref"},
            }
        if not isinstance(schema, Mapping):
            message = f"{here}: mỗi ô phải là một bảng {{…}}."
            raise BadForm(message, field="file")
        if refused := next((word for word in _REFUSED if word in schema), ""):
            message = f"{here}: “{refused}” không thành biểu mẫu được; hãy bỏ đi hoặc tách ô."
            raise BadForm(message, field="file")
        return schema

    def _pointed(self, ref: str, here: str) -> Schema:
        found: Any = self.root
        for part in ref[2:].split("/"):
            found = found.get(part) if isinstance(found, Mapping) else None
        if not isinstance(found, Mapping):
            message = f"{here}: không tìm thấy “{ref}” trong tệp."
            raise BadForm(message, field="file")
        return found

    def _note(self, schema: Schema, here: str) -> None:
        kept = {"type", "title", "description", "enum", "const", "format", "maxLength", "minLength"}
        kept |= {"multipleOf"} if _kind_of(schema) == "number" else set()
        kept |= {"minimum", "maximum", "items", "minItems", "maxItems", "uniqueItems", "$comment"}
        left = sorted(set(schema) - kept)
        if left:
            self.notes.append(f"{here}: bỏ qua {', '.join(f'“{one}”' for one in left)}.")

    def _free(self, wish: str) -> str:
        name, number = wish, 2
        while name in self._names:
            name, number = f"{wish[:56]}_{number}", number + 1
        self._names.add(name)
        return name


def _check_depth(where: str) -> None:
    if where.count("/") > DEEPEST:
        message = f"{where}: lồng quá {DEEPEST} tầng; hãy trải ra."
        raise BadForm(message, field="file")


def _properties(schema: Schema, where: str) -> Mapping[str, Any]:
    found = schema.get("properties", {})
    if not isinstance(found, Mapping):
        message = f"{where}: “properties” phải là một bảng tên ô."
        raise BadForm(message, field="file")
    return found


def _required(schema: Schema) -> set[str]:
    found = schema.get("required")
    return {str(one) for one in found} if isinstance(found, list) else set()


def _kind_of(schema: Schema) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "")
    return str(kind or ("object" if "properties" in schema else "string"))


def _options(schema: Schema, here: str) -> list[Data]:
    listed = schema["enum"] if isinstance(schema["enum"], list) else ()
    values = [str(one) for one in listed if one is not None]
    if not values:
        message = f"{here}: “enum” phải là danh sách có ít nhất một mục để chọn."
        raise BadForm(message, field="file")
    return [{"value": one, "label": one} for one in dict.fromkeys(values)]


def _string(schema: Schema) -> Data:
    kind = _FORMATS.get(str(schema.get("format")), FieldKind.TEXT)
    longest = schema.get("maxLength")
    if not isinstance(longest, int) or longest < 1 or kind != FieldKind.TEXT:
        return {"kind": str(kind)}
    kind = FieldKind.LONG_TEXT if longest > LONGEST_TEXT else kind
    return {"kind": str(kind), "max_length": min(longest, 5000)}


def _number(schema: Schema) -> Data:
    limits = {
        name: int(schema[name]) for name in ("minimum", "maximum") if _is_limit(schema.get(name))
    }
    return {"kind": str(FieldKind.NUMBER), **limits, **_decimals(schema)}


def _is_count(value: Any) -> bool:
    """Say whether a number is one of rows; more than there may be is as good as no limit."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_ROWS


def _is_limit(value: Any) -> bool:
    """Say whether a number is one that answers can have: JSON may also bring infinity."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -LARGEST <= value <= LARGEST


def _decimals(schema: Schema) -> Data:
    """Return how many decimals a number has by its step; two where nothing says."""
    if _kind_of(schema) != "number":
        return {}
    step = schema.get("multipleOf")
    fits = (n for n in range(MOST_DECIMALS + 1) if step == 10**-n)
    found = next(fits, 2) if step is not None else 2
    return {"decimals": found} if found else {}


_READERS: Mapping[str, Callable[[Schema], Data]] = {
    "string": _string,
    "integer": _number,
    "number": _number,
    "boolean": lambda _: {"kind": str(FieldKind.YES_NO)},
}
