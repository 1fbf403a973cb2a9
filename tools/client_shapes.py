"""Python types for the shapes of the description."""

from typing import Any

Schema = dict[str, Any]
_PLAIN = {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_HEAD = '''"""What goes in and out of the interface. Written by `./run client`; do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict
'''


def type_of(schema: Schema, *, prefix: str = "") -> str:
    """Return the Python type of a schema; `prefix` stands before names of models."""
    if "$ref" in schema:
        return f"{prefix}{schema['$ref'].rpartition('/')[2]}"
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return " | ".join(dict.fromkeys(type_of(one, prefix=prefix) for one in schema[word]))
    if "enum" in schema:
        return f"Literal[{', '.join(repr(one) for one in schema['enum'])}]"
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    return _by_type(schema, prefix)


def _by_type(schema: Schema, prefix: str) -> str:
    kind = schema.get("type")
    if kind == "array":
        return f"list[{type_of(schema.get('items', {}), prefix=prefix)}]"
    if kind == "string":
        return "bytes" if schema.get("format") == "binary" else "str"
    if kind == "object":
        values = schema.get("additionalProperties")
        inner = type_of(values, prefix=prefix) if isinstance(values, dict) else "Any"
        return f"dict[str, {inner}]"
    return _PLAIN.get(str(kind), "Any")


def models_text(spec: Schema) -> str:
    """Return the module of all shapes."""
    schemas = sorted(spec["components"]["schemas"].items())
    return _HEAD + "".join(f"\n\n{_model(name, schema)}" for name, schema in schemas)


def _model(name: str, schema: Schema) -> str:
    if "properties" not in schema:
        return f"{name} = {type_of(schema)}\n"
    required = set(schema.get("required", ()))
    lines = [f"class {name}(TypedDict):", f'    """{_words(schema, name)}"""', ""]
    for field, inner in schema["properties"].items():
        kind = type_of(inner)
        lines.append(f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}")
    return "\n".join(lines) + "\n"


def _words(schema: Schema, name: str) -> str:
    """Return the first sentence said of a shape."""
    return first_line(schema.get("description", "")) or f"{name}."


def first_line(text: str) -> str:
    """Return the first line of a description, fit for a docstring."""
    return text.strip().split("\n")[0].replace("\\", "").replace('"', "'").strip()
