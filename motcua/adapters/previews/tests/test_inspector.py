import io
import os
from pathlib import Path
from time import monotonic, sleep

import pytest
from PIL import Image

from motcua.adapters.previews import inspector
from motcua.adapters.previews.inspector import ApartInspector
from motcua.adapters.previews.look import small_webp
from motcua.foundation.files import api as files


def photo(folder: Path) -> Path:
    """Return a picture taken with the telephone on its side, and where it was taken."""
    path = folder / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "xã Thanh Nưa"
    Image.effect_noise((800, 400), 60).save(path, "JPEG", exif=exif)
    return path


def test_a_preview_stands_upright_and_tells_nothing_hidden(tmp_path: Path) -> None:
    seen = ApartInspector().inspect(photo(tmp_path), "image/jpeg")

    with Image.open(io.BytesIO(seen.preview)) as image:
        width, height = image.size
        assert (seen.pages, height > width, dict(image.getexif())) == (1, True, {})


def test_the_noisiest_page_fits() -> None:
    noise = Image.effect_noise((900, 900), 200).convert("RGB")

    assert 0 < len(small_webp(noise)) <= 30_000


def test_what_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector, "SECONDS", 0.001)

    with pytest.raises(files.Unreadable, match="phức tạp"):
        ApartInspector().inspect(photo(tmp_path), "image/jpeg")


def test_a_picture_of_another_kind_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (10, 10)).save(path, "GIF")

    with pytest.raises(files.Unreadable, match="hỏng"):
        ApartInspector().inspect(path, "image/jpeg")


def test_what_nobody_waits_for_any_more_does_not_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector, "SECONDS", 0.4)
    stuck = tmp_path / "photo.jpg"
    os.mkfifo(stuck)  # nobody writes into it: opening it never ends
    before = children()

    with pytest.raises(files.Unreadable, match="phức tạp"):
        ApartInspector().inspect(stuck, "image/jpeg")

    until = monotonic() + 5
    while (left := children() - before) and monotonic() < until:
        sleep(0.02)
    assert left == set()


def children() -> set[str]:
    """Return the children of the process that forks for each file."""
    return {
        child
        for thread in Path("/proc/self/task").glob("*/children")
        for one in thread.read_text().split()
        if b"previews.child" in Path(f"/proc/{one}/cmdline").read_bytes()
        for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()
    }
