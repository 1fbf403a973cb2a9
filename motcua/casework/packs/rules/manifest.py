"""What a pack says of itself: for which product, in which format, which files with which hashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from motcua.casework.packs.errors import BadPack, Fault
from motcua.casework.procedures.api import CODE, as_text
from motcua.lib.product import VERSION, numbers_of

from .names import MANIFEST, PROCEDURE, SIGNATURE, Files
from .texts import data_of

FORMAT = 1
LONGEST_NAME = 1200
_KEYS = ("format", "product", "code", "name", "files")
NAMESPACE = "urn:motcua:pack:1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The head of a pack."""

    product: str
    code: str
    name: str


def written(code: str, name: str, files: Files) -> bytes:
    """Return the manifest of these files."""
    hashes = {
        file: sha256(files[file]).hexdigest()
        for file in sorted(files)
        if file not in {MANIFEST, SIGNATURE}
    }
    data = {"format": FORMAT, "product": VERSION, "code": code, "name": name, "files": hashes}
    return as_text(data).encode()


def sealed(code: str, name: str, files: Files) -> dict[str, bytes]:
    """Return the files of a pack with their manifest, in order of their names."""
    whole = {**files, MANIFEST: written(code, name, files)}
    return {file: whole[file] for file in sorted(whole)}


def to_sign(manifest: bytes, code: str) -> bytes:
    """Return the small XML that is signed for a pack: it names the manifest by its hash."""
    mark = sha256(manifest).hexdigest()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<pack xmlns="{NAMESPACE}" code="{code}" manifest="{mark}"/>\n'
    ).encode()


def read_manifest(files: Files) -> Manifest:
    """Return the head of a pack whose files are all there and unaltered. Raises: BadPack."""
    if MANIFEST not in files:
        message = "thiếu tệp này: đây không phải gói thủ tục, hoặc gói bị thiếu tệp."
        raise BadPack(Fault(MANIFEST, message))
    data = data_of(MANIFEST, files[MANIFEST])
    if (number := data.get("format")) != FORMAT:
        message = (
            f"gói có định dạng “{number}”, hệ thống này đọc định dạng {FORMAT}. Hãy nâng cấp hệ"
            " thống, hoặc xin gói xuất lại từ phiên bản cũ hơn."
        )
        raise BadPack(Fault(MANIFEST, message, 1))
    head = _head(data)
    if faults := list(_faults(data["files"], files)):
        raise BadPack(*faults)
    return head


def _head(data: dict[str, object]) -> Manifest:
    strange = [key for key in data if key not in _KEYS]
    missing = [key for key in _KEYS if key not in data]
    if strange or missing:
        said = [f"thiếu mục “{key}”" for key in missing]
        said += [f"có mục lạ “{key}”" for key in strange]
        raise BadPack(Fault(MANIFEST, "; ".join(said) + ". Hãy xuất lại gói."))
    product, code, name = (str(data[key]) for key in ("product", "code", "name"))
    try:
        is_newer = numbers_of(product) > numbers_of(VERSION)
    except ValueError as error:
        message = f"“product: {product}” phải là số phiên bản, như {VERSION}."
        raise BadPack(Fault(MANIFEST, message)) from error
    if is_newer:
        message = (
            f"gói lập cho phiên bản {product}, hệ thống này là {VERSION}. Hãy nâng cấp hệ thống"
            " trước, hoặc xin gói xuất từ phiên bản này."
        )
        raise BadPack(Fault(MANIFEST, message))
    if not CODE.match(code) or not isinstance(data["files"], dict):
        message = "“code” phải là mã thủ tục như 1.001193, “files” phải là bảng tệp và mã băm."
        raise BadPack(Fault(MANIFEST, message))
    if not 0 < len(name) <= LONGEST_NAME:
        message = f"“name” phải có từ 1 đến {LONGEST_NAME} ký tự."
        raise BadPack(Fault(MANIFEST, message))
    return Manifest(product, code, name)


def _faults(listed: object, files: Files) -> Iterator[Fault]:
    """Yield each file that is missing, altered, or not of the pack."""
    hashes = listed if isinstance(listed, dict) else {}
    for name, digest in hashes.items():
        if name not in files:
            yield Fault(str(name), "bản kê có tệp này nhưng gói không có; hãy xin lại gói đủ tệp.")
        elif sha256(files[name]).hexdigest() != digest:
            yield Fault(
                name,
                "nội dung khác mã băm trong bản kê: tệp đã bị sửa sau khi lập gói. Nếu do ông/bà"
                " sửa, hãy lập lại bản kê bằng lệnh “procedures pack --renew”.",
            )
    for name in files:
        if name not in hashes and name not in {MANIFEST, SIGNATURE}:
            yield Fault(name, "tệp không có trong bản kê; hãy bỏ ra, hoặc lập lại bản kê.")
    if PROCEDURE not in hashes:
        yield Fault(PROCEDURE, "thiếu tệp này: gói phải có lời của thủ tục.")
