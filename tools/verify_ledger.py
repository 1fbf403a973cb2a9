"""Check the public ledger of promises by yourself, from its published files alone.

    python3 verify_ledger.py FOLDER [--totals] [--old FILE …] [--key FILE …]
    python3 verify_ledger.py --slip proof.json [FOLDER] [--key FILE …]

FOLDER is a copy of the published files; after --old stand a `checkpoint` or `heads/…/N.json` that
you kept from another day, after --key a public key or certificate (PEM) that you got elsewhere.
Needs Python 3.11 and `pip install cryptography`; no network.
Ends with 0: all is right; 1: something is wrong; 2: cannot be read; 3: right, but nobody signed.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

RIGHT, WRONG, UNREADABLE, UNSIGNED = 0, 1, 2, 3
LEAF, NODE, HASH = b"\0", b"\1", hashes.SHA256()
ENDS = ("withdrawn", "stopped", "refused")
Plain = dict[str, Any]
Tip = tuple[int, bytes]  # how many leaves, and the root over them


class Head(NamedTuple):
    text: str
    tip: Tip
    previous: Tip | None
    signatures: list[bytes]  # each: four bytes that name the key, then the signature
    consistency: list[bytes]

    @classmethod
    def of(cls, text: str, signatures: list[bytes], consistency: list[bytes]) -> "Head":
        _, size, root, *more = text.split("\n")
        before = [line.split(" ") for line in more if line.startswith("previous ")]
        previous = (int(before[0][1]), unb64(before[0][2])) if before else None
        return cls(text, (int(size), unb64(root)), previous, signatures, consistency)

    @classmethod
    def plain(cls, text: str, plain: Plain) -> "Head":
        signed = [digest(unb64(s["key"]))[:4] + unb64(s["signature"]) for s in plain["signatures"]]
        return cls.of(text, signed, [unb64(one) for one in plain.get("consistency", [])])

    @classmethod
    def read(cls, file: Path) -> "Head":
        content = file.read_text("utf-8")
        if content.startswith("{"):
            return cls.plain(json.loads(content)["text"], json.loads(content))
        text, _, lines = content.partition("\n\n")
        signed = [unb64(line.rpartition(" ")[2]) for line in lines.splitlines() if line]
        return cls.of(f"{text}\n", signed, [])


def digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


class Tree:
    def __init__(self) -> None:
        self.size, self.peaks = 0, list[bytes]()

    def push(self, leaf: bytes) -> None:
        self.peaks.append(leaf)
        full = self.size
        while full & 1:
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(digest(NODE, left, right))
            full >>= 1
        self.size += 1

    def root(self) -> bytes:
        found = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            found = digest(NODE, left, found)
        return found


def sides(place: int, final: int, path: Sequence[bytes]) -> list[tuple[bool, bytes]] | None:
    """Return each hash of a path and whether it stands left; None if the path does not fit."""
    found = []
    for one in path:
        if not final:
            return None
        is_left = bool(place & 1) or place == final
        found.append((is_left, one))
        while is_left and place and not place & 1:
            place, final = place >> 1, final >> 1
        place, final = place >> 1, final >> 1
    return None if final else found


def includes(leaf: bytes, index: int, tip: Tip, path: Sequence[bytes]) -> bool:
    way, found = sides(index, tip[0] - 1, path), leaf
    for is_left, one in way or []:
        found = digest(NODE, one, found) if is_left else digest(NODE, found, one)
    return way is not None and 0 <= index < tip[0] and found == tip[1]


def extends(older: Tip, newer: Tip, proof: Sequence[bytes]) -> bool:
    if not 0 < older[0] < newer[0] or not proof:
        return older == newer and not proof
    first, *path = proof if older[0] & (older[0] - 1) else [older[1], *proof]
    place, final = older[0] - 1, newer[0] - 1
    while place & 1:
        place, final = place >> 1, final >> 1
    before = after = first
    way = sides(place, final, path)
    for is_left, one in way or []:
        before = digest(NODE, one, before) if is_left else before
        after = digest(NODE, one, after) if is_left else digest(NODE, after, one)
    return way is not None and (before, after) == (older[1], newer[1])


def is_signed(key: Any, signature: bytes, content: bytes) -> bool:
    how: Any = (padding.PKCS1v15(),) if isinstance(key, rsa.RSAPublicKey) else ()
    how = (ec.ECDSA(HASH),) if isinstance(key, ec.EllipticCurvePublicKey) else how and (*how, HASH)
    try:
        key.verify(signature, content, *how)
    except InvalidSignature:
        return False
    return True


class Totals:
    """Per agency and month: received, settled, on time (by day), promises changed, other ends."""

    def __init__(self) -> None:
        self.due, self.sums = dict[str, str](), Counter[tuple[str, str, str]]()

    def add(self, fact: Plain) -> None:
        if fact["k"].startswith("doc_"):  # documents, not promises
            return
        kind, who, row = fact["k"], fact.get("s", ""), (fact.get("a", ""), fact["d"][:7])
        due = self.due[who] = fact.get("due", self.due.get(who, ""))
        self.sums[*row, "ended" if kind in ENDS else kind] += 1
        self.sums[*row, "on_time"] += kind == "decided" and (not due or fact["d"] <= due)

    def show(self) -> None:
        print("cơ quan\ttháng\ttiếp nhận\tcó kết quả\tđúng hạn\tđổi hẹn\trút, dừng, không nhận")
        for row in sorted({key[:2] for key in self.sums if key[0]}):
            kinds = ("received", "decided", "on_time", "redated", "ended")
            print("\t".join([*row, *(str(self.sums[*row, kind]) for kind in kinds)]))


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


unb64 = partial(base64.b64decode, validate=True)


class Book:
    def __init__(self) -> None:
        self.wrong, self.unsigned = list[str](), 0
        self.keys: dict[bytes, tuple[str, Any]] = {}
        self.totals = Totals()

    def check(self, wrong: str, *, holds: bool) -> None:
        if not holds:
            self.wrong.append(wrong)

    def learn_keys(self, files: Sequence[Path], folder: Path | None) -> None:
        """Take the keys given by the reader, or else those that lie with the files themselves."""
        found = {file.stem: file.read_bytes() for file in files}
        if not found and folder and (folder / "keys.json").exists():
            print("Khóa lấy từ chính thư mục này; hãy so dấu của khóa với một nơi khác.")
            plain = json.loads((folder / "keys.json").read_text("utf-8"))
            found = {one["name"]: one["key"].encode() for one in plain}
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        for name, pem in found.items():
            owner = x509.load_pem_x509_certificate(pem) if b"BEGIN CERT" in pem else None
            key = owner.public_key() if owner else serialization.load_pem_public_key(pem)
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

    def read_leaves(self, folder: Path, tree: Tree, size: int) -> Iterator[Plain]:
        for file in sorted(folder.glob("entries/*/*.jsonl")):
            for line in file.read_bytes().splitlines()[: size - tree.size]:
                plain = json.loads(line)
                self.check(f"lá số {tree.size} không ở dạng chuẩn", holds=canonical(plain) == line)
                tree.push(digest(LEAF, line))
                yield plain["p"]

    def check_chain(self, heads: Sequence[Head]) -> None:
        tips = {head.tip for head in heads}
        for head in heads:
            if before := head.previous:
                holds = before in tips and extends(before, head.tip, head.consistency)
                self.check(f"đầu sổ {head.tip[0]} lá không nối tiếp đầu sổ trước nó", holds=holds)

    def check_folder(self, folder: Path, old: Sequence[Path]) -> None:
        heads = [Head.read(file) for file in folder.glob("heads/*/*.json")]
        latest = Head.read(folder / "checkpoint")
        signed_by = self.check_signatures(latest)
        wanted = [(one, "đã công bố") for one in (latest, *heads)]
        wanted += [(Head.read(file), f"đã giữ ({file.name})") for file in old]
        for head, _ in wanted[1:]:
            self.check_signatures(head)
        self.check_chain(heads)
        tree, roots = Tree(), dict[int, bytes]()
        sizes = {head.tip[0] for head, _ in wanted}
        for fact in self.read_leaves(folder, tree, max(sizes)):
            self.totals.add(fact)
            if tree.size in sizes:
                roots[tree.size] = tree.root()
        for head, words in wanted:
            what = f"đầu sổ {head.tip[0]} lá {words} không khớp các lá trong thư mục"
            self.check(what, holds=roots.get(head.tip[0]) == head.tip[1])
        print(f"{len(heads)} đầu sổ; mới nhất: {latest.tip[0]} lá, ký: {signed_by}")

    def check_slip(self, file: Path, folder: Path | None) -> None:
        proof = json.loads(file.read_text("utf-8"))
        head = Head.plain(proof["head"], proof)
        if not self.keys:
            print("Khóa lấy từ chính tệp này; hãy dùng --key với khóa lấy ở nơi khác.")
            for one in proof["signatures"]:
                key = serialization.load_der_public_key(unb64(one["key"]))
                self.keys[digest(unb64(one["key"]))[:4]] = one["name"], key
        print(f"{proof['subject']}; đầu sổ {head.tip[0]} lá, ký: {self.check_signatures(head)}")
        for one in proof["leaves"]:
            self.check_leaf(proof, one, head)
        for one in proof["lost"]:
            self.check(f"hồ sơ không còn việc của lá {one}", holds=False)
        for one in proof["waiting"]:
            print(f"  chưa công bố, hãy tải lại sau vài phút: {one}")
        if folder:
            published = {Head.read(one).tip for one in folder.glob("heads/*/*.json")}
            self.check("đầu sổ này không có trong thư mục công bố", holds=head.tip in published)

    def check_leaf(self, proof: Plain, one: Plain, head: Head) -> None:
        salt, code, record = proof["salt"].encode(), proof["subject"], one["record"]
        leaf = json.loads(one["leaf"])
        public, bind = leaf["p"], partial(hmac.digest, salt, digest="sha256")
        words = f"{public['k']} ngày {public['d']}"
        name = base64.urlsafe_b64encode(bind(f"dossier|{code}".encode())[:16]).decode()
        bound = digest(bind(f"leaf|{record['seq']}|{record['kind']}".encode()), canonical(record))
        agrees = (public["s"] + "==", public["k"], record["code"]) == (name, record["kind"], code)
        self.check(f"lá “{words}” không phải của hồ sơ này", holds=agrees)
        self.check(f"lá “{words}” không cam kết bản ghi kèm theo", holds=unb64(leaf["c"]) == bound)
        path, hashed = [*map(unb64, one["path"])], digest(LEAF, one["leaf"].encode())
        holds = includes(hashed, one["index"], head.tip, path)
        self.check(f"lá “{words}” không có trong cây", holds=holds)
        print(f"  lá {one['index']}: {words}{', hẹn ' + public['due'] if 'due' in public else ''}")

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
    parser.add_argument("--totals", action="store_true")
    asked = parser.parse_args(words)
    if not (asked.folder or asked.slip):
        parser.error("FOLDER hoặc --slip proof.json")
    book = Book()
    try:
        book.learn_keys(asked.key, asked.folder)
        if asked.slip:
            book.check_slip(asked.slip, asked.folder)
        else:
            book.check_folder(asked.folder, asked.old)
        if asked.totals:
            book.totals.show()
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        print(f"Không đọc được: {type(error).__name__}: {error}")
        return UNREADABLE
    return book.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
