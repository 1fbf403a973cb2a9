"""In the demo one seal lies inside a device, as seals do in earnest, where SoftHSM is installed."""

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

from django.conf import settings

HOLDER, TOKEN = "hsm", "dau-co-quan"
PIN, OFFICER_PIN = "246810", "13579135"  # of keys without legal value
_PROGRAM = Path("/usr/bin/softhsm2-util")


def keep_in_device(ref: str) -> str:
    """Put a key of the folder of keys into the device; return its name there.

    The name is empty where no device can be had, or a device of somebody else is set up. A key
    that changed begins with an empty device.
    """
    config = Path(settings.HOME) / "var" / "softhsm" / "softhsm2.conf"
    is_ours = settings.HSM_MODULE and os.environ.get("SOFTHSM2_CONF") == str(config)
    if not is_ours or not _PROGRAM.is_file():
        return ""
    key = Path(settings.SIGNING_KEYS_DIR) / f"{ref}.pem"
    mark, kept = sha256(key.read_bytes()).hexdigest(), config.with_name("kept")
    if not kept.is_file() or kept.read_text() != mark:
        _fill(config, key, ref)
        kept.write_text(mark)
    return f"{TOKEN}/{ref}"


def _fill(config: Path, key: Path, ref: str) -> None:
    shutil.rmtree(config.parent, ignore_errors=True)
    tokens = config.with_name("tokens")
    tokens.mkdir(mode=0o700, parents=True)
    config.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n")
    pins = Path(settings.HSM_PIN_FILE)
    pins.touch(mode=0o600)
    pins.write_text(f"{TOKEN}: {PIN}\n")
    Path(settings.HSM_STATE_FILE).unlink(missing_ok=True)
    words = ("--init-token", "--free", "--label", TOKEN, "--so-pin", OFFICER_PIN, "--pin", PIN)
    _run(*words)
    _run("--import", str(key), "--token", TOKEN, "--label", ref, "--id", "01", "--pin", PIN)


def _run(*words: str) -> None:
    subprocess.run([str(_PROGRAM), *words], check=True, capture_output=True)  # noqa: S603 -- Debian's own program with our words
