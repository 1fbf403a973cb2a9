"""Turn a stream of XML into a small tree with line numbers; files inside go to the side.

No document types, no entities, nothing from outside; depth, number and length have limits. What is
in memory is the head of a message; the files never are, however large.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO
from xml.parsers import expat

from .contents import Base64Reader, Content
from .findings import Finding, finding

MOST_BYTES = 400_000_000
MOST_DEPTH = 40
MOST_ELEMENTS = 60_000
MOST_TEXT = 4_000_000
_PIECE = 1 << 16
_LONGEST_TOKEN = 4_000_000
_ENCODED = "ContentTransferEncoded"
_ENCODINGS = frozenset({"", "utf-8", "utf8", "us-ascii"})
_NOT_UTF8 = 0x80


class Unreadable(Exception):
    """The stream is no XML that is read here; says why."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.words)
        self.finding = found


@dataclass(slots=True, eq=False)
class Node:
    """One element: local name, namespace, where it began, and what it holds."""

    name: str
    space: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    content: Content | None = None
    trouble: str = ""

    @property
    def text(self) -> str:
        """The text directly inside, without spaces around it."""
        return "".join(self.pieces).strip()

    def named(self, name: str) -> Iterator["Node"]:
        """Yield the children of that name."""
        return (child for child in self.children if child.name == name)

    def child(self, *path: str) -> "Node | None":
        """Return the first descendant along these names."""
        found: Node | None = self
        for name in path:
            found = next(found.named(name), None) if found is not None else None
        return found

    def value(self, *path: str) -> str:
        """Return the text of the first descendant along these names, empty if there is none."""
        found = self.child(*path)
        return found.text if found is not None else ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a message, and what its bytes are known by."""

    root: Node
    sha256: str
    size: int


class _Builder:
    """Listens to the parser."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.buffer_size = _PIECE
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.XmlDeclHandler = self.declaration
        self.root: Node | None = None
        self.path: list[Node] = []
        self.files: Base64Reader | None = None
        self.elements = self.letters = 0

    def refuse(self, rule: str, **values: object) -> Unreadable:
        name = self.path[-1].name if self.path else ""
        return Unreadable(finding(rule, self.parser.CurrentLineNumber, name, **values))

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "").lower() not in _ENCODINGS:
            raise self.refuse("xml-encoding")

    def doctype(self, *_: object) -> None:
        raise self.refuse("xml-doctype")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise self.refuse("xml-too-many", most=MOST_ELEMENTS)
        if len(self.path) >= MOST_DEPTH:
            raise self.refuse("xml-too-deep", most=MOST_DEPTH)
        node = Node(name, space, self.parser.CurrentLineNumber, attributes)
        if self.path:
            self.path[-1].children.append(node)
        else:
            self.root = node
        self.path.append(node)
        self.files = Base64Reader() if name == _ENCODED else None

    def text(self, piece: str) -> None:
        if self.files is not None:
            self.files.feed(piece)
            return
        self.letters += len(piece)
        if self.letters > MOST_TEXT:
            raise self.refuse("xml-text-too-long")
        if self.path:
            self.path[-1].pieces.append(piece)

    def end(self, _tag: str) -> None:
        node = self.path.pop()
        if self.files is not None and node.name == _ENCODED:
            node.content = self.files.finish()
            broken = "base64" if self.files.is_broken else ""
            node.trouble = "too-large" if self.files.is_too_large else broken
            self.files = None


def parse(stream: IO[bytes]) -> Parsed:
    """Return the tree. Raises: Unreadable."""
    builder, digest, size = _Builder(), sha256(), 0
    parser = builder.parser
    while piece := stream.read(_PIECE):
        digest.update(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise builder.refuse("file-too-large", most=f"{MOST_BYTES // 1_000_000} MB")
        _feed(builder, piece, size - len(piece))
        if size - parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise builder.refuse("xml-text-too-long")
    if not size:
        raise Unreadable(finding("file-empty", 0, ""))
    _feed(builder, b"", size)
    if builder.root is None:
        raise Unreadable(finding("file-empty", 0, ""))
    return Parsed(builder.root, digest.hexdigest(), size)


def _feed(builder: _Builder, piece: bytes, start: int) -> None:
    """Raises: Unreadable."""
    parser = builder.parser
    try:
        parser.Parse(piece, not piece)
    except expat.ExpatError as error:
        place = parser.ErrorByteIndex - start
        is_foreign = 0 <= place < len(piece) and piece[place] >= _NOT_UTF8
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING] or is_foreign:
            raise Unreadable(finding("xml-encoding", error.lineno, "")) from error
        why = _WHY.get(expat.ErrorString(error.code) or "", expat.ErrorString(error.code))
        raise Unreadable(finding("xml-broken", error.lineno, "", why=f"{why}.")) from error
    except ValueError as error:  # a name in an encoding that Python has no table for
        raise Unreadable(finding("xml-encoding", parser.CurrentLineNumber, "")) from error


_WHY = {
    "mismatched tag": "thẻ mở và thẻ đóng không khớp",
    "no element found": "tệp bị cắt cụt, chưa đóng hết các thẻ",
    "not well-formed (invalid token)": "có ký tự hoặc dấu không được phép",
    "unbound prefix": "dùng tiền tố mà không khai báo không gian tên",
    "duplicate attribute": "một thuộc tính ghi hai lần",
    "junk after document element": "có nội dung sau phần tử gốc",
    "undefined entity": "dùng thực thể không có",
    "unclosed token": "tệp bị cắt cụt giữa một thẻ",
    "reference to invalid character number": "có ký tự không được phép",
    "XML or text declaration not at start of entity": "khai báo XML không ở đầu tệp",
}
