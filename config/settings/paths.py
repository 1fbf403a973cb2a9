"""Where the code lies and where this machine keeps what it makes."""

from pathlib import Path

from . import env

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(env.text("MOTCUA_HOME", str(ROOT)))
ASSETS = HOME / "var" / "assets"
STATIC_ASSETS = ASSETS / "static"
FONTS = ASSETS / "fonts"
