"""The Python client as a wheel, made of the files in the repository: the same bytes each time."""

import tomllib
import zipfile
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
CLIENT = ROOT / "client"
CHANGES = ROOT / "docs" / "reference" / "interface-changes.md"
_WHEEL = "Wheel-Version: 1.0\nGenerator: motcua\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@cache
def wheel() -> tuple[str, bytes]:
    """Return the name and the bytes of the wheel."""
    project: dict[str, Any] = tomllib.loads((CLIENT / "pyproject.toml").read_text())["project"]
    name, version = project["name"].replace("-", "_"), project["version"]
    info = f"{name}-{version}.dist-info"
    files = {
        str(path.relative_to(CLIENT)): path.read_bytes()
        for path in sorted((CLIENT / name).rglob("*"))
        if path.suffix in {".py", ".typed"}
    }
    files[f"{info}/METADATA"] = _metadata(project).encode()
    files[f"{info}/WHEEL"] = _WHEEL.encode()
    record = "".join(f"{path},{_digest(data)},{len(data)}\n" for path, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path, _LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return f"{name}-{version}-py3-none-any.whl", packed.getvalue()


def _metadata(project: dict[str, Any]) -> str:
    readme = (CLIENT / project["readme"]).read_text()
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"License: {project['license']['text']}",
        f"Requires-Python: {project['requires-python']}",
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(lines) + f"\n\n{readme}"


def _digest(data: bytes) -> str:
    return f"sha256={urlsafe_b64encode(sha256(data).digest()).decode().rstrip('=')}"


def changes() -> str:
    """Return the list of changes of the interface."""
    return CHANGES.read_text()
