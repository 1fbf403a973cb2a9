"""Where messages of the exchange axis lie: beside the checkout, or where MOTCUA_SHARED says."""

import os
from pathlib import Path

BESIDE = Path(__file__).parents[4].parent / "shared"
FOLDER = Path(os.environ.get("MOTCUA_SHARED", BESIDE)) / "data" / "edxml"
