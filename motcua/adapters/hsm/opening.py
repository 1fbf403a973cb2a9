"""Opens the devices where they are used: processes that serve pages load no PKCS#11."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import cast

from django.conf import settings

from motcua.foundation.signing import api as signing

from .pins import Pins


def from_settings() -> signing.TokenHolder:
    """Return the devices named by the settings, the same in one process.

    Raises: HolderRefuses where none are set up.
    """
    if not settings.HSM_MODULE:
        raise signing.HolderRefuses("Máy chủ này chưa nối với thiết bị giữ khóa nào.")
    return _devices(settings.HSM_MODULE, settings.HSM_PIN_FILE, settings.HSM_STATE_FILE)


@lru_cache(maxsize=1)
def _devices(module: str, pin_file: str, state_file: str) -> signing.TokenHolder:
    holder = import_module("motcua.adapters.hsm.holder")
    made = holder.Devices(module, Pins(Path(pin_file), Path(state_file)))
    return cast("signing.TokenHolder", made)
