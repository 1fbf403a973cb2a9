"""Write the description of the interface and the Python client from it; `./run client`.

What was taken away or made narrower since the description on record must stand in
docs/reference/interface-changes.md, or nothing is written.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .client_endpoints import endpoints_text, main_text, subjects_of
from .client_shapes import models_text
from .narrowing import narrowings

ROOT = Path(__file__).resolve().parents[1]
DESCRIPTION = ROOT / "docs" / "reference" / "openapi.json"
CHANGES = ROOT / "docs" / "reference" / "interface-changes.md"
PACKAGE = ROOT / "client" / "motcua_client"
Spec = dict[str, Any]


def description_of_today() -> Spec:
    """Return what the interface says of itself, as plain data: less refusals and examples.

    Those follow from the rest, and are in what the site answers.
    """
    from motcua.channels.api.describing import described  # noqa: PLC0415 -- after Django is set up
    from motcua.channels.api.urls import interface  # noqa: PLC0415 -- as above

    found: Spec = json.loads(json.dumps(described(interface, "/")))
    found["paths"] = {
        f"/api{path}": {method: _short(said) for method, said in operations.items()}
        for path, operations in found["paths"].items()
    }
    return found


def _short(said: Spec) -> Spec:
    """Return an operation without what every one of them has."""
    good = {code: one for code, one in said["responses"].items() if code[0] == "2"}
    for part in (said.get("requestBody", {}), *good.values()):
        part.pop("headers", None)
        for content in part.get("content", {}).values():
            content.pop("example", None)
    parameters = [
        {name: value for name, value in one.items() if name != "example"}
        for one in said.get("parameters", ())
    ]
    return {**said, "responses": good, "parameters": parameters}


def text_of(spec: Spec) -> str:
    """Return a description as it is kept."""
    return json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def kept() -> Spec:
    """Return the description on record, an empty one if there is none."""
    found: Spec = json.loads(DESCRIPTION.read_text()) if DESCRIPTION.is_file() else {}
    return found


def untold(before: Spec, after: Spec) -> list[str]:
    """Return what was taken away or made narrower and is not in the list of changes."""
    told = CHANGES.read_text()
    return [line for line in narrowings(before, after) if f"- {line}\n" not in told]


def files_of(spec: Spec) -> dict[str, str]:
    """Return the files of the client that follow from the description, by name."""
    files = {"models.py": models_text(spec), "client.py": main_text(spec)}
    files["api/__init__.py"] = '"""The endpoints, by subject."""\n'
    for subject in subjects_of(spec):
        files[f"api/{subject}.py"] = endpoints_text(spec, subject)
    return _formatted(files)


def _formatted(files: dict[str, str]) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        ruff = [sys.executable, "-m", "ruff"]
        where = ["--config", str(ROOT / "pyproject.toml"), folder]
        subprocess.run([*ruff, "check", "--quiet", "--fix-only", "--select=I", *where], check=True)
        subprocess.run([*ruff, "format", "--quiet", *where], check=True)
        return {name: (Path(folder) / name).read_text() for name in files}


def main() -> int:
    """Write everything, or say what is missing from the list of changes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django  # noqa: PLC0415 -- after its settings are named

    django.setup()
    today = description_of_today()
    missing = untold(kept(), today)
    if missing:
        print("Taken away or made narrower; tell readers in docs/reference/interface-changes.md:")
        print(*(f"- {line}" for line in missing), sep="\n")
        return 1
    DESCRIPTION.write_text(text_of(today))
    written = files_of(today)
    for path in (PACKAGE / "api").glob("*.py"):
        if f"api/{path.name}" not in written:
            path.unlink()
    for name, text in written.items():
        (PACKAGE / name).write_text(text)
    print(f"written: {len(today['paths'])} addresses, {len(written)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
