"""Check the public ledger of promises by yourself, from its published files alone.

    python3 verify_ledger.py FOLDER [--totals] [--find ADDRESS] [--old FILE …] [--key FILE …]
    python3 verify_ledger.py --slip proof.json [FOLDER] [--key FILE …]

FOLDER is a copy of the published files (`files` lists them); after --find stands what the square
mark on a slip says, after --old a `checkpoint` or `heads/…/N.json` that you kept from another day,
after --key a public key or certificate (PEM) that you got elsewhere. No network, only Python 3.11
and `pip install cryptography`. Ends with 0: right; 1: wrong; 2: unreadable; 3: right but unsigned.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

RIGHT, WRONG, UNREADABLE, UNSIGNED = 0, 1, 2, 3
LEAF, NODE, HASH, TILE, WIDE, LEVELS = b"\0", b"\1", hashes.SHA256(), 256, 32, 8
Plain = dict[str, Any]
Tip = tuple[int, bytes]  # how many leaves, and the root over them
unb64 = partial(base64.b64decode, validate=True)
canonical = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Head:
    def __init__(self, text: str, signatures: list[bytes], consistency: list[bytes]) -> None:
        _, size, root, *more = text.split("\n")
        before = [line.split(" ") for line in more if line.startswith("previous ")]
        self.text, self.tip = text, (int(size), unb64(root))
        self.previous = (int(before[0][1]), unb64(before[0][2])) if before else None
        self.signatures, self.consistency = signatures, consistency  # key's mark, then signature


def head_in(text: str, plain: Plain) -> Head:
    signed = [digest(unb64(s["key"]))[:4] + unb64(s["signature"]) for s in plain["signatures"]]
    return Head(text, signed, [unb64(one) for one in plain.get("consistency", [])])


def read_head(file: Path) -> Head:
    content = file.read_text("utf-8")
    if content.startswith("{"):
        return head_in(json.loads(content)["text"], json.loads(content))
    text, _, lines = content.partition("\n\n")
    return Head(f"{text}\n", [unb64(s.split(" ")[-1]) for s in lines.splitlines() if s], [])


def digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(row: Sequence[bytes]) -> bytes:
    while len(row) > 1:
        pairs = (row[i : i + 2] for i in range(0, len(row), 2))
        row = [digest(NODE, *two) if two[1:] else two[0] for two in pairs]
    return row[0]


def climb(place: int, final: int, path: Sequence[bytes], start: bytes) -> tuple[bytes, bytes]:
    before = after = start
    for one in path:
        if not final:
            return b"", b""
        if place & 1 or place == final:
            before, after = digest(NODE, one, before), digest(NODE, one, after)
            while place and not place & 1:
                place, final = place >> 1, final >> 1
        else:
            after = digest(NODE, after, one)
        place, final = place >> 1, final >> 1
    return (b"", b"") if final else (before, after)


def extends(older: Tip, newer: Tip, proof: Sequence[bytes]) -> bool:
    if not 0 < older[0] < newer[0] or not proof:
        return older == newer and not proof
    first, *path = proof if older[0] & (older[0] - 1) else [older[1], *proof]
    place, final = older[0] - 1, newer[0] - 1
    while place & 1:
        place, final = place >> 1, final >> 1
    return climb(place, final, path, first) == older[1:] + newer[1:]


def is_signed(key: Any, signature: bytes, content: bytes) -> bool:
    how: Any = (padding.PKCS1v15(), HASH) if isinstance(key, rsa.RSAPublicKey) else ()
    how = (ec.ECDSA(HASH),) if isinstance(key, ec.EllipticCurvePublicKey) else how
    with suppress(InvalidSignature):
        key.verify(signature, content, *how)
        return True
    return False


def pseudonym(code: str, salt: str) -> str:
    found = hmac.digest(salt.encode(), f"dossier|{code}".encode(), "sha256")[:16]
    return base64.urlsafe_b64encode(found).decode().rstrip("=")


def words_of(fact: Plain) -> str:
    return f"{fact['k']} ngày {fact['d']}" + (f", hẹn {fact['due']}" if "due" in fact else "")


def file_of(folder: Path, kind: str, number: int, end: str = "") -> tuple[str, bytes]:
    name = f"{kind}/{number // 1000:03}/{number % 1000:03}{end}"
    return name, (folder / name).read_bytes() if (folder / name).exists() else b""


class Book:
    def __init__(self) -> None:
        self.wrong, self.unsigned, self.sought = list[str](), 0, ""
        self.due, self.sums = dict[str, str](), Counter[tuple[str, str, str]]()
        self.keys, self.slip = dict[bytes, tuple[str, Any]](), dict[int, str]()
        self.tiles, self.rows = [0] * LEVELS, [list[bytes]() for _ in range(LEVELS)]

    def check(self, wrong: str, *, holds: bool) -> None:
        if not holds:
            self.wrong.append(wrong)

    def learn_keys(self, files: Sequence[Path], beside: Path) -> None:
        found = {file.stem: file.read_bytes() for file in files}
        if not found and beside.exists():
            print("Khóa lấy từ chính các tệp này; hãy so dấu của khóa với một nơi khác.")
            plain = json.loads(beside.read_text("utf-8"))
            rows = plain if isinstance(plain, list) else plain["signatures"]
            found = {one["name"]: one["key"].encode() for one in rows}
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        for name, pem in found.items():
            if b"BEGIN" not in pem:
                key: Any = serialization.load_der_public_key(unb64(pem))
            elif b"BEGIN CERT" in pem:
                key = x509.load_pem_x509_certificate(pem).public_key()
            else:
                key = serialization.load_pem_public_key(pem)
            der = key.public_bytes(serialization.Encoding.DER, form)
            mark = digest(der).hex().upper()
            print(f"  khóa của {name}: {' '.join(mark[i : i + 4] for i in range(0, 64, 4))}")
            self.keys[digest(der)[:4]] = name, key

    def check_signatures(self, head: Head) -> str:
        names = []
        for one in head.signatures:
            name, key = self.keys.get(one[:4], ("", None))
            fits = key is not None and is_signed(key, one[4:], head.text.encode())
            self.check(f"chữ ký của {name} dưới đầu sổ {head.tip[0]} lá", holds=fits or key is None)
            names += [name] if fits else []
        self.unsigned += not names
        return ", ".join(names) or "KHÔNG AI"

    def read_leaves(self, folder: Path, size: int) -> Iterator[tuple[int, Plain]]:
        """Yield each leaf's number and public part; compare leaves, tiles, and those of a slip."""
        index = 0
        for number in range(-(-size // TILE)):
            name, content = file_of(folder, "entries", number, ".jsonl")
            for line in content.splitlines()[: size - index]:
                plain, own = json.loads(line), line.decode()
                self.check(f"lá số {index} không ở dạng chuẩn", holds=canonical(plain) == own)
                fits = self.slip.pop(index, own) == own
                self.check(f"lá số {index} khác lá của giấy hẹn", holds=fits)
                self.lay(folder, 0, digest(LEAF, line))
                yield index, plain["p"]
                index += 1
            self.check(f"{name} thiếu lá", holds=index == min(number * TILE + TILE, size))
        for level in range(LEVELS):
            self.compare(folder, level)

    def lay(self, folder: Path, level: int, one: bytes) -> None:
        self.rows[level].append(one)
        if len(self.rows[level]) == TILE:
            self.compare(folder, level)
            self.lay(folder, level + 1, root_of(self.rows[level]))
            self.rows[level], self.tiles[level] = [], self.tiles[level] + 1

    def compare(self, folder: Path, level: int) -> None:
        """Compare a row with its published tile, and name the first leaf where they differ."""
        name, tile = file_of(folder, f"tile/{level}", self.tiles[level])
        for place, one in enumerate(self.rows[level]):
            if tile[place * WIDE : place * WIDE + WIDE] != one:
                leaf = (self.tiles[level] * TILE + place) * TILE**level
                self.wrong.append(f"lá sai đầu tiên ở {name}: lá số {leaf}")
                return

    def root(self) -> bytes:
        found = list[bytes]()
        for row in self.rows:
            found = [root_of([*row, *found])] if row or found else []
        return found[0]

    def count(self, index: int, fact: Plain) -> None:
        kind, who, row = fact["k"], fact.get("s", ""), (fact.get("a", ""), fact["d"][:7])
        if who == self.sought:
            print(f"  lá {index}: {words_of(fact)}")
        due = self.due[who] = fact.get("due", self.due.get(who, ""))
        self.sums[*row, "ended" if kind in ("withdrawn", "stopped", "refused") else kind] += 1
        self.sums[*row, "on_time"] += kind == "decided" and (not due or fact["d"] <= due)

    def show_totals(self) -> None:
        print("cơ quan\ttháng\ttiếp nhận\tcó kết quả\tđúng hạn\tđổi hẹn\trút, dừng, không nhận")
        kinds = ("received", "decided", "on_time", "redated", "ended")
        for row in sorted({key[:2] for key in +self.sums if key[0] and key[2] in kinds}):
            print("\t".join([*row, *(str(self.sums[*row, kind]) for kind in kinds)]))

    def check_folder(self, folder: Path, old: Sequence[Path]) -> set[Tip]:
        heads = [read_head(file) for file in folder.glob("heads/*/*.json")]
        latest, tips = read_head(folder / "checkpoint"), {head.tip for head in heads}
        wanted = [(one, "đã công bố") for one in (latest, *heads)]
        wanted += [(read_head(file), f"đã giữ ({file.name})") for file in old]
        signers = [self.check_signatures(head) for head, _ in wanted]
        for head in heads:
            if before := head.previous:
                holds = before in tips and extends(before, head.tip, head.consistency)
                self.check(f"đầu sổ {head.tip[0]} lá không nối tiếp đầu sổ trước nó", holds=holds)
        roots, sizes = dict[int, bytes](), {head.tip[0] for head, _ in wanted}
        for index, fact in self.read_leaves(folder, max(sizes)):
            self.count(index, fact)
            if index + 1 in sizes:
                roots[index + 1] = self.root()
        for head, words in wanted:
            what = f"đầu sổ {head.tip[0]} lá {words} không khớp các lá trong thư mục"
            self.check(what, holds=roots.get(head.tip[0]) == head.tip[1])
        print(f"{len(heads)} đầu sổ; mới nhất: {latest.tip[0]} lá, ký: {signers[0]}")
        return tips

    def check_slip(self, file: Path, folder: Path | None) -> None:
        proof = json.loads(file.read_text("utf-8"))
        head = head_in(proof["head"], proof)
        print(f"{proof['subject']}; đầu sổ {head.tip[0]} lá, ký: {self.check_signatures(head)}")
        for one in proof["leaves"]:
            self.check_leaf(proof, one, head)
        for one in proof["lost"]:
            self.check(f"hồ sơ không còn việc của lá {one}", holds=False)
        for one in proof["waiting"]:
            print(f"  chưa công bố, hãy tải lại sau vài phút: {one}")
        if folder:
            self.slip = {one["index"]: one["leaf"] for one in proof["leaves"]}
            holds = head.tip in self.check_folder(folder, [])
            self.check("đầu sổ này không có trong thư mục công bố", holds=holds)

    def check_leaf(self, proof: Plain, one: Plain, head: Head) -> None:
        salt, code, record = proof["salt"].encode(), proof["subject"], one["record"]
        leaf, name = json.loads(one["leaf"]), f"leaf|{record['seq']}|{record['kind']}"
        public, words = leaf["p"], words_of(leaf["p"])
        bound = digest(hmac.digest(salt, name.encode(), "sha256"), canonical(record).encode())
        told = (pseudonym(code, proof["salt"]), record["kind"], code)
        agrees = (public["s"], public["k"], record["code"]) == told
        self.check(f"lá “{words}” không phải của hồ sơ này", holds=agrees)
        self.check(f"lá “{words}” không cam kết bản ghi kèm theo", holds=unb64(leaf["c"]) == bound)
        path, own = [*map(unb64, one["path"])], digest(LEAF, one["leaf"].encode())
        found = climb(one["index"], head.tip[0] - 1, path, own)[1]
        is_there = 0 <= one["index"] < head.tip[0] and found == head.tip[1]
        self.check(f"lá “{words}” không có trong cây", holds=is_there)
        print(f"  lá {one['index']}: {words}")

    def end(self) -> int:
        for one in self.wrong:
            print(f"SAI: {one}")
        if self.unsigned:
            print(f"CHÚ Ý: {self.unsigned} đầu sổ không có chữ ký kiểm được, không ai bảo đảm.")
        print("CÓ CHỖ SAI." if self.wrong else "Mọi thứ khớp.")
        return WRONG if self.wrong else UNSIGNED if self.unsigned else RIGHT


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__)
    for name, many in (("folder", "?"), ("--slip", "?"), ("--old", "*"), ("--key", "*")):
        parser.add_argument(name, nargs=many, type=Path, default=[] if many == "*" else None)
    parser.add_argument("--find", default="nothing/sought")
    parser.add_argument("--totals", action="store_true")
    asked = parser.parse_args(words)
    if not (asked.folder or asked.slip):
        parser.error("FOLDER hoặc --slip proof.json")
    book = Book()
    try:
        book.sought = pseudonym(*asked.find.strip("/").split("/")[-2:])
        book.learn_keys(asked.key, asked.folder / "keys.json" if asked.folder else asked.slip)
        if asked.slip:
            book.check_slip(asked.slip, asked.folder)
        else:
            book.check_folder(asked.folder, asked.old)
        if asked.totals:
            book.show_totals()
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        print(f"Không đọc được: {type(error).__name__}: {error}")
        return UNREADABLE
    return book.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
