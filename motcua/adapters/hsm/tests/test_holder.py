"""Devices are opened once, opened anew when they fail, and never asked with a wrong PIN twice."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.adapters.hsm import holder
from motcua.adapters.hsm.opening import from_settings
from motcua.adapters.hsm.pins import Pins
from motcua.foundation.signing import api as signing
from motcua.lib.devices import DeviceAway, KeyAbsent, PinBlocked, PinWrong


class FakeDevice:
    """A token that knows one PIN and one key; `troubles` come first, one at each use."""

    opened: list[str]
    troubles: list[Exception]

    def __init__(self, module: str, token_label: str) -> None:
        self.place = f"{module}:{token_label}"
        self.is_open = False

    def open(self, pin: str) -> None:
        FakeDevice.opened.append(pin)
        if pin == "blocked":
            raise PinBlocked
        if pin != "1234":
            raise PinWrong
        self.is_open = True

    def sign_many(self, key_label: str, contents: Sequence[bytes], digest: str) -> list[bytes]:
        if FakeDevice.troubles:
            trouble = FakeDevice.troubles.pop(0)
            self.is_open = isinstance(trouble, KeyAbsent)
            raise trouble
        return [f"{key_label} {digest} ".encode() + one for one in contents]


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "Device", FakeDevice)
    FakeDevice.opened, FakeDevice.troubles = [], []


def make_devices(folder: Path, pin: str = "1234") -> holder.Devices:
    (folder / "pin").touch(mode=0o600)
    (folder / "pin").write_text(pin)
    return holder.Devices("lib.so", Pins(folder / "pin", folder / "refused.json"))


def test_one_session_serves_many_signatures(tmp_path: Path) -> None:
    devices = make_devices(tmp_path)

    made = [devices.sign_many("dau/xa", [b"a", b"b"], "sha256") for _ in range(3)]

    assert made[2] == [b"xa sha256 a", b"xa sha256 b"]
    assert FakeDevice.opened == ["1234"]


def test_a_session_that_broke_is_opened_anew(tmp_path: Path) -> None:
    devices = make_devices(tmp_path)
    devices.sign_many("dau/xa", [b"a"], "sha256")
    FakeDevice.troubles = [DeviceAway()]

    made = devices.sign_many("dau/xa", [b"a"], "sha256")

    assert (made, FakeDevice.opened) == ([b"xa sha256 a"], ["1234", "1234"])


def test_a_device_that_is_gone_is_waited_for(tmp_path: Path) -> None:
    devices = make_devices(tmp_path)
    FakeDevice.troubles = [DeviceAway()]

    with pytest.raises(signing.HolderAway, match="tự thử lại"):
        devices.sign_many("dau/xa", [b"a"], "sha256")


def test_a_device_that_stays_gone_is_waited_for_too(tmp_path: Path) -> None:
    devices = make_devices(tmp_path)
    devices.sign_many("dau/xa", [b"a"], "sha256")
    FakeDevice.troubles = [DeviceAway(), DeviceAway()]

    with pytest.raises(signing.HolderAway):
        devices.sign_many("dau/xa", [b"a"], "sha256")


def test_a_wrong_pin_is_tried_once(tmp_path: Path) -> None:
    devices = make_devices(tmp_path, "0000")

    words = [refusal(devices) for _ in range(2)]

    assert FakeDevice.opened == ["0000"]
    assert ["còn 2 lần" in one for one in words] == [True, True]


def test_three_wrong_pins_lock_with_a_clear_answer(tmp_path: Path) -> None:
    words = [refusal(make_devices(tmp_path, pin)) for pin in ("0", "00", "000", "1234")]

    assert FakeDevice.opened == ["0", "00", "000"]
    assert "đã khóa vì mã PIN sai 3 lần" in words[-1]


def test_a_device_that_locked_itself_is_told_at_once(tmp_path: Path) -> None:
    assert "đã khóa" in refusal(make_devices(tmp_path, "blocked"))


def refusal(devices: holder.Devices) -> str:
    with pytest.raises(signing.HolderRefuses) as told:
        devices.sign_many("dau/xa", [b"a"], "sha256")
    return str(told.value)


def test_a_key_that_is_not_there_is_refused(tmp_path: Path) -> None:
    devices = make_devices(tmp_path)
    FakeDevice.troubles = [KeyAbsent()]

    assert "không có khóa “xa”" in refusal(devices)


@pytest.mark.parametrize("ref", ["", "dau", "dau/", "/xa"])
def test_a_key_is_named_by_device_and_key(tmp_path: Path, ref: str) -> None:
    with pytest.raises(signing.HolderRefuses, match="thiết bị/khóa"):
        make_devices(tmp_path).sign_many(ref, [b"a"], "sha256")


def test_without_a_library_there_is_no_device(settings: Settings) -> None:
    settings.HSM_MODULE = ""

    with pytest.raises(signing.HolderRefuses, match="chưa nối"):
        from_settings()


def test_devices_are_the_same_in_one_process(settings: Settings) -> None:
    settings.HSM_MODULE = "lib.so"

    assert from_settings() is from_settings()
