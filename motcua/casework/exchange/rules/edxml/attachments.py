"""The files of a message: decoded, unpacked, compared with what the message says of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from .contents import MOST_WORDS, Content, Trouble, unwrap
from .findings import Finding, finding
from .kinds import is_announced_otherwise, trouble_with_kind
from .messages import Attachment
from .parsing import Node


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the manifest says of a file."""

    node: Node
    id: str
    name: str
    description: str
    media_type: str


def attachments_in(root: Node) -> tuple[tuple[Attachment, ...], list[Finding]]:
    """Return the files that can be used, in the order they were sent, and what is wrong."""
    manifest = root.child("edXMLEnvelope", "edXMLBody", "edXMLManifest")
    listed = [_listed(one) for one in manifest.named("Reference")] if manifest else []
    encoded = root.child("AttachmentEncoded")
    sent = [_listed(one) for one in encoded.named("Attachment")] if encoded else []
    found = [*_doubled(listed), *_doubled(sent), *_compared(listed, sent)]
    described = {one.id: one for one in listed}
    taken: list[Attachment] = []
    for one in sent:
        content, troubles = _content(one)
        found += troubles
        if content is not None:
            words = one.description or described.get(one.id, one).description
            name = one.name or described.get(one.id, one).name
            taken.append(Attachment(one.id, name, content, words))
    if not sent and not listed:
        found.append(finding("attachment-none", root.line, "edXMLBody"))
    return tuple(taken), found


def _listed(node: Node) -> _Listed:
    name, description, media_type = (
        normalize("NFC", node.value(part))
        for part in ("AttachmentName", "Description", "ContentType")
    )
    return _Listed(node, node.value("ContentId"), name, description, media_type)


def _doubled(files: list[_Listed]) -> Iterator[Finding]:
    often = {one for one, times in Counter(file.id for file in files).items() if times > 1}
    seen: set[str] = set()
    for file in files:
        if file.id in often and file.id in seen:
            yield finding("attachment-id-repeated", file.node.line, "ContentId", found=file.id)
        seen.add(file.id)


def _compared(listed: list[_Listed], sent: list[_Listed]) -> Iterator[Finding]:
    by_id = {one.id: one for one in sent}
    for one in listed:
        other = by_id.get(one.id)
        if other is None:
            yield finding("attachment-absent", one.node.line, "Reference", name=one.name)
        elif other.name != one.name:
            yield finding(
                "attachment-name-differs",
                other.node.line,
                "AttachmentName",
                found=other.name,
                name=one.name,
            )
    known = {one.id for one in listed}
    for one in sent:
        if one.id not in known:
            yield finding("attachment-unlisted", one.node.line, "Attachment", name=one.name)


def _content(file: _Listed) -> tuple[Content | None, list[Finding]]:
    """Return the bytes of a file, if they may be used."""
    encoded = file.node.child("ContentTransferEncoded")
    line = encoded.line if encoded is not None else file.node.line

    def told(*troubles: Trouble) -> list[Finding]:
        return [
            finding(rule, line, "ContentTransferEncoded", **values) for rule, values in troubles
        ]

    trouble = _trouble_with(encoded, file.name)
    if trouble is not None or encoded is None or encoded.content is None:
        return None, told(trouble) if trouble else []
    found = unwrap(encoded.content, file.name)
    troubles = [*found.troubles]
    if found.content is None:
        return None, told(*troubles)
    if not found.was_zipped:
        troubles.append(("not-zipped", {"name": file.name}))
    if is_announced_otherwise(file.media_type, file.name, was_zipped=found.was_zipped):
        troubles.append(("type-announced", {"name": file.name, "found": file.media_type}))
    wrong = trouble_with_kind(found.content, file.name)
    if wrong is not None:
        troubles.append(wrong)
    is_usable = wrong is None or wrong[0] != "type-forbidden"
    return found.content if is_usable else None, told(*troubles)


def _trouble_with(encoded: Node | None, name: str) -> Trouble | None:
    if encoded is None:
        return None  # said by the table of elements
    if encoded.trouble == "base64":
        return "attachment-base64", {"name": name}
    if encoded.trouble:
        return "attachment-too-large", {"name": name, "most": MOST_WORDS}
    if encoded.content is None or not encoded.content.size:
        return "attachment-empty", {"name": name}
    return None
