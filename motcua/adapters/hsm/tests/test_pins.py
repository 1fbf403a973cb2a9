"""A refused PIN is not tried again, however often the signer starts."""

import os
from pathlib import Path

import pytest

from motcua.adapters.hsm.pins import NoPin, Pins


def make_pins(folder: Path, content: str = "dau: 1234\n999\n") -> Pins:
    (folder / "pin").touch(mode=0o600)
    (folder / "pin").write_text(content)
    return Pins(folder / "pin", folder / "state" / "refused.json")


def rewrite(folder: Path, content: str) -> None:
    (folder / "pin").write_text(content)
    os.utime(folder / "pin", ns=(0, len(content)))


def test_a_device_has_its_pin_and_all_others_the_common_one(tmp_path: Path) -> None:
    pins = make_pins(tmp_path)

    assert (pins.pin_for("dau"), pins.pin_for("khac")) == ("1234", "999")


@pytest.mark.parametrize("content", ["", "khac: 1\n", "dau:\n"])
def test_a_device_without_a_pin_is_told(tmp_path: Path, content: str) -> None:
    with pytest.raises(NoPin, match="chưa có mã"):
        make_pins(tmp_path, content).pin_for("dau")


def test_a_file_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    pins = make_pins(tmp_path)
    (tmp_path / "pin").chmod(0o644)

    with pytest.raises(NoPin, match="0600"):
        pins.pin_for("dau")


def test_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoPin, match="Chưa đọc được"):
        Pins(tmp_path / "none", tmp_path / "state").pin_for("dau")


def test_a_refused_pin_is_not_tried_again_after_a_restart(tmp_path: Path) -> None:
    make_pins(tmp_path).note_refused("dau")

    with pytest.raises(NoPin, match="còn 2 lần"):
        make_pins_again(tmp_path).pin_for("dau")


def make_pins_again(folder: Path) -> Pins:
    return Pins(folder / "pin", folder / "state" / "refused.json")


def test_a_new_pin_may_be_tried(tmp_path: Path) -> None:
    pins = make_pins(tmp_path)
    pins.note_refused("dau")
    rewrite(tmp_path, "dau: 5678\n")

    assert pins.pin_for("dau") == "5678"


def test_after_three_no_other_is_tried(tmp_path: Path) -> None:
    pins = make_pins(tmp_path)
    left = [pins.note_refused("dau") for _ in range(3)]
    rewrite(tmp_path, "dau: 5678\n")

    with pytest.raises(NoPin, match="đã khóa"):
        pins.pin_for("dau")

    assert left == [2, 1, 0]


def test_a_pin_that_was_taken_wipes_the_slate(tmp_path: Path) -> None:
    pins = make_pins(tmp_path)
    pins.note_refused("dau")

    pins.note_taken("dau")

    assert pins.refused("dau").times == 0


def test_what_is_remembered_holds_no_pin(tmp_path: Path) -> None:
    make_pins(tmp_path).note_refused("dau")

    assert "1234" not in (tmp_path / "state" / "refused.json").read_text()
