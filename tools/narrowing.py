"""What one description of the interface no longer offers that another did."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
_MOST, _LEAST = ("maxLength", "maximum", "maxItems"), ("minLength", "minimum", "minItems")
_JSON = "application/json"


def narrowings(before: Schema, after: Schema) -> list[str]:
    """Return, in words of the interface, what readers and writers of before may stumble over."""
    return sorted(set(_all(before, after)))


def _all(before: Schema, after: Schema) -> Iterator[str]:
    for path, operations in before.get("paths", {}).items():
        for method, old in operations.items():
            new = after.get("paths", {}).get(path, {}).get(method)
            where = f"{method.upper()} {path}"
            if new is None:
                yield f"removed: {where}"
            else:
                yield from _operation(where, old, new)
    used_in, used_out = _uses(before)
    known = after.get("components", {}).get("schemas", {})
    for name, old in before.get("components", {}).get("schemas", {}).items():
        new = known.get(name)
        if new is None:
            continue  # whoever used it is told of by its own type
        if name in used_in:
            yield from _taken(name, old, new)
        if name in used_out:
            yield from _given(name, old, new)


def _operation(where: str, old: Schema, new: Schema) -> Iterator[str]:
    yield from _parameters(where, old, new)
    if set(_scopes(old)) - set(_scopes(new)):
        yield f"scope no longer enough: {where}"
    if _body(old) != _body(new) and _body(new) is not None:
        yield f"body of another kind: {where}"
    for code, answer in old["responses"].items():
        is_same = _content(answer) == _content(told := new["responses"].get(code))
        was_silent = told is not None and not _content(answer)
        if code[0] == "2" and not (is_same or was_silent):
            yield f"answer of another kind: {where} {code}"


def _parameters(where: str, old: Schema, new: Schema) -> Iterator[str]:
    had = {(p["in"], p["name"]): p for p in old.get("parameters", ())}
    has = {(p["in"], p["name"]): p for p in new.get("parameters", ())}
    for key, one in had.items():
        if key not in has:
            yield f"parameter removed: {where} {key[1]}"
        else:
            yield from _bounds(f"{where} {key[1]}", one["schema"], has[key]["schema"])
    for key, one in has.items():
        is_new_need = one.get("required") and not had.get(key, {}).get("required")
        if is_new_need:
            yield f"parameter now needed: {where} {key[1]}"


def _scopes(operation: Schema) -> list[str]:
    words = str(operation.get("x-scope", ""))
    return words.split(", ") if words else []


def _body(operation: Schema) -> object:
    content = operation.get("requestBody", {}).get("content", {})
    return content.get(_JSON, {}).get("schema") or (sorted(content) or None)


def _content(answer: Schema | None) -> object:
    if answer is None:
        return None
    content = answer.get("content", {})
    return content.get(_JSON, {}).get("schema") or sorted(content)


def _taken(name: str, old: Schema, new: Schema) -> Iterator[str]:
    """Compare what is sent: nothing more may be needed, nothing less be understood."""
    yield from _enum(name, old, new)
    for field in set(new.get("required", ())) - set(old.get("required", ())):
        yield f"field now needed: {name}.{field}"
    for field, kind in old.get("properties", {}).items():
        wanted = new.get("properties", {}).get(field)
        if wanted is None:
            yield f"field no longer understood: {name}.{field}"
        else:
            yield from _bounds(f"{name}.{field}", kind, wanted)


def _given(name: str, old: Schema, new: Schema) -> Iterator[str]:
    """Compare what is answered: nothing may be missing, or be of another type."""
    for field, kind in old.get("properties", {}).items():
        told = new.get("properties", {}).get(field)
        if told is None:
            yield f"field no longer answered: {name}.{field}"
        elif _shape(kind) != _shape(told):
            yield f"type changed: {name}.{field}"


def _bounds(where: str, old: Schema, new: Schema) -> Iterator[str]:
    if not _kinds(old) <= _kinds(new):
        yield f"type changed: {where}"
        return
    old, new = _part(old), _part(new)
    yield from _enum(where, old, new)
    if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
        yield from _bounds(f"{where}[]", old["items"], new["items"])
    for word in _MOST:
        if word in new and (word not in old or new[word] < old[word]):
            yield f"bound tighter: {where} {word}"
    for word in _LEAST:
        if word in new and (word not in old or new[word] > old[word]):
            yield f"bound tighter: {where} {word}"
    if "pattern" in new and new["pattern"] != old.get("pattern"):
        yield f"bound tighter: {where} pattern"


def _enum(where: str, old: Schema, new: Schema) -> Iterator[str]:
    if "enum" in new and "enum" not in old:
        yield f"bound tighter: {where} enum"
    if "enum" in new:
        for value in old.get("enum", ()):
            if value not in new["enum"]:
                yield f"value no longer understood: {where} {value}"


def _part(schema: Schema) -> Schema:
    """Return what is bounded: of a value that may be absent, the value."""
    for word in ("anyOf", "oneOf", "allOf"):
        there = [one for one in schema.get(word, ()) if one.get("type") != "null"]
        if len(there) == 1:
            return dict(there[0])
    return schema


def _kinds(schema: Schema) -> frozenset[str]:
    """Return the types a value may have; a union has those of its parts."""
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return frozenset().union(*(_kinds(one) for one in schema[word]))
    return frozenset([_shape(schema)])


def _shape(schema: Schema) -> str:
    """Return the type of a value as one word, without its bounds and words."""
    if "$ref" in schema:
        return str(schema["$ref"])
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return "|".join(sorted(_shape(one) for one in schema[word]))
    inner = _shape(schema["items"]) if isinstance(schema.get("items"), dict) else ""
    return f"{schema.get('type', 'any')}[{inner}]{schema.get('format', '')}"


def _uses(spec: Schema) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of shapes that are sent, and of those that are answered."""
    sent: set[str] = set()
    answered: set[str] = set()
    for operations in spec.get("paths", {}).values():
        for plain in operations.values():
            _gather(plain.get("requestBody", {}), spec, sent)
            _gather(plain.get("parameters", []), spec, sent)
            _gather(plain.get("responses", {}), spec, answered)
    return frozenset(sent), frozenset(answered)


def _gather(node: object, spec: Schema, found: set[str]) -> None:
    if isinstance(node, list):
        for one in node:
            _gather(one, spec, found)
    elif isinstance(node, dict):
        ref = node.get("$ref")
        if isinstance(ref, str):
            name = ref.rpartition("/")[2]
            if name not in found:
                found.add(name)
                _gather(spec["components"]["schemas"].get(name, {}), spec, found)
        for one in node.values():
            _gather(one, spec, found)
