"""`./run bench-text`: find words in a million pages, as an ordinary officer and in all of them."""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import django
from django.db import connection

from config.pgbox import Box

from .site import TUNED, default_data, manage

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
QUESTIONS, ROUNDS = 60, 3
OFFICER, HEAD = (703, -9_000_001), (700, 703, -9_000_002)
_LIMIT_MS = 150
_GIN = (
    "CREATE INDEX search_page_numbers ON search_page USING gin (numbers, scope_ids)"
    " WITH (gin_pending_list_limit = 1024)"
)


def main() -> None:
    """Load once what is not there yet, measure, and print a line for each kind of question."""
    options = _arguments()
    data = options.data or default_data(Path("var/bench").absolute(), 0).with_name("bench-text")
    box = Box(data, settings={**TUNED, "maintenance_work_mem": "1GB"})
    os.environ |= {
        "MOTCUA_PG_DATA": str(box.data),
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
    }
    box.start()
    try:
        subprocess.run(manage("migrate", "-v0", "search"), env=os.environ, check=True)  # noqa: S603 -- our own command
        django.setup()
        _say(load(options.pages))
        slowest = 0.0
        for words, p95 in measure():
            _say([words])
            slowest = max(slowest, p95)
    finally:
        connection.close()
        box.stop()
    sys.exit(1 if slowest > _LIMIT_MS else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-text", description="Đo tìm toàn văn.")
    parser.add_argument("--pages", type=int, default=1_000_000, help="số trang")
    parser.add_argument("--data", type=Path, help="nơi giữ cơ sở dữ liệu; đã nạp thì dùng lại")
    return parser.parse_args()


def _say(lines: Sequence[str] | Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


# --- Loading ---


def load(count: int) -> Iterator[str]:
    """Fill the table, unless it holds as many pages already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_page")
        if cursor.fetchone()[0] == count:
            return
        begun = time.monotonic()
        cursor.execute("TRUNCATE search_page")
        cursor.execute("DROP INDEX IF EXISTS search_page_numbers")
        _copy(count)
        yield f"written: {count} pages in {time.monotonic() - begun:.0f} s"
        begun = time.monotonic()
        cursor.execute("SET max_parallel_maintenance_workers = 1")
        cursor.execute(_GIN)
        yield f"index built in {time.monotonic() - begun:.0f} s"
        cursor.execute("VACUUM ANALYZE search_page")
        cursor.execute("SELECT pg_size_pretty(pg_relation_size('search_page_numbers'))")
        yield f"index {cursor.fetchone()[0]}"
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('search_page'))")
        yield f"all {cursor.fetchone()[0]}"


def _copy(count: int) -> None:
    from .pages import Writer  # noqa: PLC0415 -- after django.setup

    columns = "kind, subject_id, page, scope_ids, numbers, sort_at, body"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY search_page ({columns}) FROM STDIN") as copy,
    ):
        for made in Writer(ROOT, NOW).pages(count):
            scope, numbers = (
                "{" + ",".join(map(str, values)) + "}" for values in (made.scope_ids, made.numbers)
            )
            body = made.body.replace("\n", "\\n")
            copy.write(
                f"document\t{made.subject_id}\t{made.page}\t{scope}\t{numbers}"
                f"\t{made.sort_at.isoformat()}\t{body}\n"
            )


# --- Asking ---


def measure() -> Iterator[tuple[str, float]]:
    """Yield a line and its p95 for each kind of question and each who asks."""
    from motcua.foundation.search import api as search  # noqa: PLC0415 -- after django.setup

    kinds = dict(questions())
    scopes = {"officer": OFFICER, "head": HEAD, "province": None}
    for name, asked in kinds.items():
        for who, scope in scopes.items():
            spent, hits = [], 0
            for turn in range(ROUNDS):
                for text in asked:
                    begun = time.perf_counter()
                    page = search.find_text(text, kinds=("document",), scope_ids=scope)
                    if turn:
                        spent.append((time.perf_counter() - begun) * 1000)
                    hits += len(page.rows)
            p50, p95 = statistics.median(spent), statistics.quantiles(spent, n=20)[18]
            mean = hits / len(asked) / ROUNDS
            figures = f"p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  worst {max(spent):7.1f} ms"
            yield f"{name:<34} {who:<9} {figures}  {mean:4.1f} hits", p95


def questions() -> Iterator[tuple[str, list[str]]]:
    """Yield what people ask: words of pages that are there, with and without tones."""
    from motcua.lib.text import fold  # noqa: PLC0415 -- after django.setup

    bodies = _bodies()
    random = Random(7)
    phrases = [_words(random, body, 3) for body in bodies]
    yield "three words as they stand", phrases
    yield "the same without tones", [fold(text) for text in phrases]
    yield "the same in quotation marks", [f"“{text}”" for text in phrases]
    yield "six words as they stand", [_words(random, body, 6) for body in bodies]
    yield "one word", [_words(random, body, 1) for body in bodies]
    yield "three words from anywhere", [_scattered(random, body) for body in bodies]
    yield "a line few pages have", [body.partition("\n")[0] for body in bodies]
    yield (
        "words that nobody wrote",
        [f"{_words(random, body, 1)} xyzt{n}" for n, body in enumerate(bodies)],
    )


def _bodies() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM search_page WHERE kind = 'document' AND subject_id = ANY(%s)"
            " AND page = 1",
            [[one * 5_003 + 1 for one in range(QUESTIONS)]],
        )
        return [body for (body,) in cursor.fetchall()]


def _words(random: Random, body: str, count: int) -> str:
    sentence = random.choice(body.splitlines()[1:]).rstrip(".").split()
    start = random.randrange(max(len(sentence) - count, 1))
    return " ".join(sentence[start : start + count])


def _scattered(random: Random, body: str) -> str:
    return " ".join(random.choices(body.replace(".", "").split(), k=3))


if __name__ == "__main__":
    main()
