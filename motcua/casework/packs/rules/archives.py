"""Packs as folders of files, and as ZIP archives, of strangers: read within bounds, or refused."""

import stat
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from motcua.casework.packs.errors import BadPack, Fault
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

from .names import MANIFEST, MOST_BYTES, MOST_FILES, MOST_PACKS, Files, is_known, most_bytes

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
MOST_ARCHIVE = 20_000_000
_MOST_ENTRIES = MOST_FILES * MOST_PACKS
_DEEPEST = 3
Folders = dict[str, dict[str, bytes]]


def write_zip(packs: dict[str, Files]) -> bytes:
    """Return packs as one archive: the same packs give the same bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for code in sorted(packs):
            for name in sorted(packs[code]):
                entry = zipfile.ZipInfo(f"{code}/{name}", _FIRST_DAY)
                entry.external_attr, entry.create_system = _MODE, 3
                archive.writestr(entry, packs[code][name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def read_zip(content: bytes) -> Folders:
    """Return the packs of an archive by folder. Raises: BadPack, and nothing was kept."""
    if len(content) > MOST_ARCHIVE:
        message = f"tệp ZIP lớn hơn {MOST_ARCHIVE // 1_000_000} MB; hãy chia thành nhiều gói."
        raise BadPack(Fault("", message))
    try:
        with Bounded(BytesIO(content), _MOST_ENTRIES) as archive:
            entries = archive.infolist()
            if faults := [fault for one in entries for fault in _of_entry(one)]:
                raise BadPack(*faults)
            named = [(one.filename, one) for one in entries if not one.is_dir()]
            _check_names([name for name, _ in named], sum(one.file_size for _, one in named))
            return _folders((name, _unpacked(archive, one)) for name, one in named)
    except TooManyEntries as error:
        raise BadPack(Fault("", f"tệp ZIP có quá {_MOST_ENTRIES} tệp.")) from error
    except BROKEN_ZIP as error:
        message = "không mở được: tệp ZIP hỏng hoặc không phải tệp ZIP."
        raise BadPack(Fault("", message)) from error


def _of_entry(entry: zipfile.ZipInfo) -> Iterator[Fault]:
    """Yield what an entry is that none of a pack may be."""
    name, mode = entry.orig_filename, entry.external_attr >> 16
    if fault := _fault_of_name(name):
        yield Fault(name[:200], fault)
    kind = stat.S_IFMT(mode)
    if entry.create_system == 3 and kind not in {0, stat.S_IFREG, stat.S_IFDIR}:  # noqa: PLR2004 -- Unix
        yield Fault(name[:200], "là liên kết hoặc tệp đặc biệt; gói chỉ gồm tệp thường.")
    if entry.flag_bits & 1:
        yield Fault(name[:200], "có mật khẩu; hãy bỏ mật khẩu rồi gửi lại.")


def _fault_of_name(name: str) -> str:
    parts = PurePosixPath(name).parts
    if name.startswith("/") or "\\" in name or ":" in name:
        return "đường dẫn tuyệt đối hoặc kiểu Windows; tệp của gói phải nằm trong thư mục gói."
    if ".." in parts:
        return "đường dẫn ra ngoài thư mục của gói."
    if not name.isprintable():
        return "tên tệp có ký tự không nhìn thấy."
    if len(parts) > _DEEPEST:
        return "nằm quá sâu; gói có dạng MÃ-THỦ-TỤC/fees/BẢNG.dmn."
    return ""


def _check_names(names: list[str], size: int) -> None:
    """Raises: BadPack for a name that stands twice, or more bytes than packs may have."""
    seen: dict[str, str] = {}
    for name in names:
        if first := seen.get(name.casefold()):
            raise BadPack(Fault(name, f"trùng tên với “{first}”; mỗi tệp chỉ được có một lần."))
        seen[name.casefold()] = name
    if size > MOST_BYTES:
        message = f"mở ra lớn hơn {MOST_BYTES // 1_000_000} MB; gói thủ tục không lớn như vậy."
        raise BadPack(Fault("", message))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return one file, never more of it than a file may have, whatever the archive says."""
    most = most_bytes(PurePosixPath(entry.filename).name)
    with archive.open(entry) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise BadPack(_too_large(entry.filename, most))
    return content


def _too_large(name: str, most: int) -> Fault:
    return Fault(name, f"lớn hơn {most:,} byte.".replace(",", "."))


def read_folder(folder: Path) -> Folders:
    """Return the packs in a folder: itself, or the folders in it. Raises: BadPack, OSError."""
    named = list(_walk(folder, PurePosixPath()))
    if len(named) > _MOST_ENTRIES:
        raise BadPack(Fault("", f"thư mục có quá {_MOST_ENTRIES} tệp."))
    sizes = [path.stat().st_size for _, path in named]
    _check_names([name for name, _ in named], sum(sizes))
    for (name, path), size in zip(named, sizes, strict=True):
        most = most_bytes(path.name)
        if size > most:
            raise BadPack(_too_large(name, most))
    return _folders((name, path.read_bytes()) for name, path in named)


def _walk(folder: Path, way: PurePosixPath) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.iterdir()):
        name = way / path.name
        if not way.parts and path.name.startswith("."):
            continue  # what tools of versions keep beside the packs
        if fault := _fault_of_name(str(name)):
            raise BadPack(Fault(str(name), fault))
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            message = "là liên kết hoặc tệp đặc biệt; gói chỉ gồm tệp thường."
            raise BadPack(Fault(str(name), message))
        if path.is_dir():
            yield from _walk(path, name)
        else:
            yield str(name), path


def _folders(named: Iterator[tuple[str, bytes]]) -> Folders:
    """Return the files by pack: a pack is the folder in which a manifest lies."""
    whole = dict(named)
    roots = [str(PurePosixPath(n).parent) for n in whole if PurePosixPath(n).name == MANIFEST]
    if not roots:
        message = f"không có tệp {MANIFEST}: đây không phải gói thủ tục."
        raise BadPack(Fault("", message))
    if len(roots) > MOST_PACKS:
        raise BadPack(Fault("", f"có quá {MOST_PACKS} gói; hãy chia ra."))
    found: Folders = {root: {} for root in sorted(roots)}
    faults = []
    for name, content in whole.items():
        root = next((one for one in roots if one == "." or name.startswith(f"{one}/")), None)
        inner = name if root == "." else name[len(root) + 1 :] if root is not None else ""
        if root is None or not is_known(inner):
            faults.append(Fault(name, "gói thủ tục không có tệp tên như vậy; hãy bỏ ra."))
        else:
            found[root][inner] = content
    faults += [
        Fault(root, f"gói có quá {MOST_FILES} tệp.")
        for root, files in found.items()
        if len(files) > MOST_FILES
    ]
    if faults:
        raise BadPack(*faults)
    return found
