from pathlib import Path

import pytest

from motcua.adapters.disk_store.store import DiskStore

KEY = "ab" * 32


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "kept")


def some_file(folder: Path, content: bytes = b"content") -> Path:
    path = folder / "source"
    path.write_bytes(content)
    return path


def test_what_is_put_is_opened_again(store: DiskStore, tmp_path: Path) -> None:
    store.put(KEY, some_file(tmp_path))

    with store.open(KEY) as content:
        assert content.read() == b"content"


def test_putting_takes_the_source_away_and_makes_it_read_only(
    store: DiskStore, tmp_path: Path
) -> None:
    source = some_file(tmp_path)

    store.put(KEY, source)

    kept = tmp_path / "kept" / "ab" / "ab" / KEY
    assert (source.exists(), kept.stat().st_mode & 0o777) == (False, 0o400)


def test_what_is_kept_never_changes(store: DiskStore, tmp_path: Path) -> None:
    store.put(KEY, some_file(tmp_path))

    store.put(KEY, some_file(tmp_path, b"other"))

    with store.open(KEY) as content:
        assert (content.read(), list(store.keys())) == (b"content", [KEY])


def test_what_is_deleted_is_gone(store: DiskStore, tmp_path: Path) -> None:
    store.put(KEY, some_file(tmp_path))

    store.delete(KEY)

    with pytest.raises(FileNotFoundError):
        store.open(KEY)


@pytest.mark.parametrize("key", ["../../etc/passwd", "ab", KEY + "/..", KEY.upper(), ""])
def test_no_key_leads_out_of_the_folder(store: DiskStore, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.open(key)
