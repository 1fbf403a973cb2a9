"""`./run bench`: a million dossiers, sixteen clients, one table of figures and one of bars.

Works of one million rows and of an almost empty database are measured in turns; judge by ratios.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from .figures import Row, table, verdict_table, verdicts
from .measures import measure
from .site import Site, default_data, load, site

MANY, FEW = 1_000_000, 1_000


def main() -> None:
    """Measure, print the tables, and keep all of it as JSON."""
    options = _arguments()
    folder = Path("var/bench").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    data = options.data or default_data(folder, options.rows)
    if options.load_only:
        load(data, options.rows)
        return
    found: list[Row] = []
    for turn in range(options.turns):
        with site(data, options.rows, options.port) as place:
            found += _told(place, options.rows, options, is_first=turn == 0)
        with site(default_data(folder, FEW), FEW, options.port) as place:
            found += _told(place, FEW, options, is_first=turn == 0)
    judged = verdicts(found, options.rows)
    kept = {"figures": [asdict(row) for row in found], "bars": [asdict(one) for one in judged]}
    (folder / "figures.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False))
    sys.stdout.write(f"{table(found)}\n{verdict_table(judged)}")
    sys.exit(0 if all(one.is_held for one in judged) else 1)


def _told(place: Site, rows: int, options: argparse.Namespace, *, is_first: bool) -> list[Row]:
    found = []
    sign_in_s = options.sign_in if rows == options.rows else 0
    for row in measure(place, rows, options.seconds, is_first=is_first, sign_in_s=sign_in_s):
        found.append(row)
        sys.stderr.write(f"{row.work:<50} {row.rows:>9} {row.rate:>8.1f}/s {row.p95:>7.1f} ms\n")
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Đo sản phẩm.")
    parser.add_argument("--rows", type=int, default=MANY, help="số hồ sơ (mặc định 1.000.000)")
    parser.add_argument("--seconds", type=float, default=10.0, help="mỗi phép đo kéo dài")
    parser.add_argument("--turns", type=int, default=3, help="số lượt đo xen kẽ")
    parser.add_argument("--sign-in", type=float, default=600.0, help="số giây đăng nhập dồn")
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument(
        "--data", type=Path, help="nơi giữ cơ sở dữ liệu lớn; đã nạp thì dùng lại, không nạp nữa"
    )
    parser.add_argument("--load-only", action="store_true", help="chỉ nạp dữ liệu rồi dừng")
    return parser.parse_args()


if __name__ == "__main__":
    main()
