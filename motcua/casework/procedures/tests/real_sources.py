"""Where the published sources lie: beside the checkout, or where MOTCUA_SHARED says."""

import os
from pathlib import Path

BESIDE = Path(__file__).parents[4].parent / "shared"
FOLDER = Path(os.environ.get("MOTCUA_SHARED", BESIDE)) / "data" / "procedures"
TEXTS = "tthc_2642.jsonl.gz"
ROWS = {
    "danh-sach-tthc-BoTuPhap.xlsx": 271,
    "danh-sach-tthc-BoXayDung.xlsx": 525,
    "danh-sach-tthc-NongNghiepvaMoiTruong.xlsx": 537,
    "dvcqg_chitiet_tthc_response.json": 1,
    TEXTS: 2642,
}
