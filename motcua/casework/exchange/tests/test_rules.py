"""Every rule there is: a message that breaks it, and where that is said."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from motcua.casework.exchange.choices import BusinessKind
from motcua.casework.exchange.rules.edxml.findings import OF_THE_LINE, RULES, Severity
from motcua.casework.exchange.rules.edxml.messages import LEGACY_SPACE, QCVN

from .messages import EARLIER, NOW, make_full, make_message, make_status, read, rules_of, write

FULL, UPDATE = write(make_full()), write(make_full(BusinessKind.UPDATE))
REPLACE, STATUS = write(make_full(BusinessKind.REPLACE)), write(make_status())
RECALL = write(make_full(BusinessKind.RECALL))
Change = Callable[[bytes], bytes]
H18_102 = re.compile(rb"(<edXML:Receiver>\s*<edXML:OrganId>)H18\.102")


def put(old: str, new: str, times: int = 1) -> Change:
    """Return what writes `new` for `old`, the first time or more often."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), times)

    return change


def drop(pattern: str) -> Change:
    """Return what takes away the first place that matches."""

    def change(content: bytes) -> bytes:
        changed, times = re.subn(pattern.encode(), b"", content, count=1, flags=re.DOTALL)
        assert times == 1
        return changed

    return change


def named(name: str, old: str, new: str) -> Change:
    return put(f"<edXML:{name}>{old}<", f"<edXML:{name}>{new}<")


def kind(number: int) -> Change:
    return lambda content: re.sub(
        rb"BussinessDocType>\d", b"BussinessDocType>%d" % number, content, count=1
    )


def signed(space: str) -> Change:
    sign = f"<Signature{space}><SignedInfo/></Signature></edXML:edXMLHeader>"
    return put("</edXML:edXMLHeader>", sign)


# Rule, the message that is spoilt, how; files have tests of their own (test_files).
BROKEN: list[tuple[str, bytes, Change]] = [
    ("file-empty", FULL, lambda _: b""),
    ("xml-broken", FULL, put("</edXML:Subject>", "</edXML:Object>")),
    ("xml-broken", FULL, lambda content: content[:900]),
    ("xml-broken", FULL, lambda content: content + b"<x/>"),
    ("xml-broken", FULL, put("<edXML:Subject>", '<edXML:Subject xlink:href="">')),
    ("xml-broken", FULL, put("<edXML:Subject>", "<edXML:Subject>&co;")),
    ("xml-encoding", FULL, put("UTF-8", "windows-1258")),
    ("xml-encoding", FULL, put("UTF-8", "UTF-16")),
    ("xml-encoding", FULL, lambda content: content.replace("ệ".encode(), b"\xea\xf2")),
    ("xml-doctype", FULL, put("<edXML xmlns", "<!DOCTYPE edXML>\n<edXML xmlns")),
    ("xml-doctype", FULL, put("<edXML xmlns", '<!DOCTYPE x [<!ENTITY a "b">]>\n<edXML xmlns')),
    ("xml-too-deep", FULL, put("<edXML:Subject>", "<a>" * 41 + "</a>" * 41 + "<edXML:Subject>")),
    ("xml-too-many", FULL, put("<edXML:Subject>", "<a/>" * 60_001 + "<edXML:Subject>")),
    ("xml-text-too-long", FULL, put("<edXML:Subject>", "<edXML:Subject>" + "a" * 4_000_001)),
    ("root", FULL, lambda _: b"<a/>"),
    ("namespace", FULL, put(QCVN, "http://example.vn/", 9)),
    ("namespace-legacy", FULL, put(QCVN, LEGACY_SPACE, 9)),
    ("organ-code", FULL, put("<edXML:OrganId>H18.101<", "<edXML:OrganId>xã Mường Phăng<")),
    ("organ-code-legacy", FULL, put("<edXML:OrganId>H18.5<", "<edXML:OrganId>000.00.05.H18<")),
    ("date", FULL, named("PromulgationDate", "2026/10/01", "2026/02/30")),
    ("date-form", FULL, named("PromulgationDate", "2026/10/01", "01/10/2026")),
    ("date-form", FULL, named("PromulgationDate", "2026/10/01", "2026-10-01")),
    ("future", FULL, named("PromulgationDate", "2026/10/01", "2026/10/02")),
    ("future", FULL, named("Timestamp", "2026/10/01 09:15:00", "2026/10/01 09:30:01")),
    ("moment", FULL, named("Timestamp", "2026/10/01 09:15:00", "2026/10/01 25:00:00")),
    ("moment-form", FULL, named("Timestamp", "2026/10/01 09:15:00", "01/10/2026 09:15:00")),
    ("number", FULL, named("Priority", "1", "7")),
    ("number", FULL, named("SteeringType", "2", "9")),
    ("yes-no", FULL, named("Paper", "1", "2")),
    ("document-id", FULL, put("<edXML:DocumentId>H18.5,2026", "<edXML:DocumentId>H18.5;2026")),
    ("document-id-date", UPDATE, put(EARLIER, EARLIER.replace("09/20", "02/30"))),
    ("document-id-differs", FULL, named("CodeNumber", "0123", "0124")),
    ("due-before-issue", FULL, named("DueDate", "2026/10/10", "2026/09/30")),
    ("receiver-repeated", FULL, put("<edXML:OrganId>H18.102<", "<edXML:OrganId>H18.101<")),
    ("receiver-is-sender", FULL, put("<edXML:OrganId>H18.102<", "<edXML:OrganId>H18.5<")),
    ("business-kind", FULL, kind(4)),
    ("business-part", RECALL, drop("<edXML:BussinessDocReason>[^/]*/edXML:BussinessDocReason>")),
    ("business-part", FULL, kind(2)),
    ("business-part", FULL, kind(3)),
    ("business-part", UPDATE, drop("<edXML:ReceiverList>.*</edXML:ReceiverList>")),
    ("business-superfluous", UPDATE, kind(0)),
    ("receiver-unknown", UPDATE, lambda content: H18_102.sub(rb"\1H18.103", content)),
    ("trace-missing", FULL, drop("<edXML:TraceHeader>.*</edXML:TraceHeader>")),
    ("status-code", STATUS, named("StatusCode", "03", "07")),
    ("status-reason", write(make_status("02")), drop("Đã vào sổ văn bản đến")),
    ("status-reason", write(make_status("16")), drop("Đã vào sổ văn bản đến")),
    ("status-before-issue", STATUS, put("Timestamp>2026/10/01", "Timestamp>2026/09/30")),
    ("signature-namespace", FULL, signed("")),
    ("signature-empty", FULL, put("</edXML:edXMLHeader>", "<Signature/></edXML:edXMLHeader>")),
    ("attachment-none", write(make_message(attachments=())), lambda content: content),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "content", "change"), BROKEN)
def test_a_broken_rule_is_named(rule: str, content: bytes, change: Change) -> None:
    assert rule in rules_of(change(content))


def test_a_finding_says_line_element_and_rule_in_vietnamese() -> None:
    spoilt = named("PromulgationDate", "2026/10/01", "2026/02/30")(FULL)
    line = spoilt[: spoilt.index(b"2026/02/30")].count(b"\n") + 1

    found = [one for one in read(spoilt).findings if one.severity is Severity.ERROR]

    assert [(one.line, one.element, one.rule, one.words) for one in found] == [
        (line, "PromulgationDate", "date", "“2026/02/30” không phải một ngày có thật.")
    ]


def test_a_sender_nobody_knows_is_named_where_all_are_known() -> None:
    known = {"H18.101", "H18.102"}

    assert rules_of(FULL, known=known) == ["organ-code-unknown"]
    assert rules_of(FULL, known={*known, "H18.5"}) == []


def test_a_message_with_errors_is_read_all_the_same() -> None:
    spoilt = named("PromulgationDate", "2026/10/01", "2026/02/30")(FULL)

    reading = read(spoilt)

    assert (reading.is_valid, getattr(reading.message, "subject", "")) == (
        False,
        "V/v báo cáo kết quả giải quyết TTHC quý III",
    )


def test_the_clocks_of_two_sites_may_differ_by_a_quarter_of_an_hour() -> None:
    late = NOW + timedelta(minutes=15)
    content = named("Timestamp", "2026/10/01 09:15:00", f"{late:%Y/%m/%d %H:%M:%S}")(FULL)

    assert rules_of(content) == []


@pytest.mark.parametrize(
    "text", ["2026/10/01 09:15:00", "01/10/2026 09:15:00", "2026-10-01T09:15:00+07:00"]
)
def test_a_moment_in_any_of_the_forms_is_the_same(text: str) -> None:
    message = read(named("Timestamp", "2026/10/01 09:15:00", text)(STATUS)).message

    assert getattr(message, "at", None) == datetime(2026, 10, 1, 2, 15, tzinfo=UTC)


def test_a_signature_in_its_own_namespace_is_no_remark() -> None:
    own = signed(' xmlns="http://www.w3.org/2000/09/xmldsig#"')

    assert rules_of(own(FULL)) == []


def test_values_of_strangers_are_shown_short_and_in_one_line() -> None:
    long = "<edXML:OrganId>" + "x\n" * 200 + "<"

    [found] = [
        one
        for one in read(put("<edXML:OrganId>H18.101<", long)(FULL)).findings
        if one.rule == "organ-code"
    ]

    assert (len(found.words) < 150, "\n" in found.words) == (True, False)


def test_every_rule_has_a_message_that_breaks_it() -> None:
    of_elements = {"element-missing", "element-empty", "element-repeated", "element-unknown"}
    of_elements |= {"element-order", "text-too-long"}
    of_files = {rule for rule in RULES if rule.startswith(("zip-", "type-", "attachment-"))}
    of_files |= {"not-zipped", "file-too-large"}
    examined = {f"signature-{word}" for word in ("covers-else", "broken", "unread", "undecided")}
    tried = {rule for rule, _, _ in BROKEN} | {"organ-code-unknown"}

    assert set(RULES) - OF_THE_LINE - of_elements - of_files - examined == tried - of_files


def test_thousands_of_receivers_are_read_in_seconds() -> None:
    one = b"<edXML:To><edXML:OrganId>H18.%d</edXML:OrganId></edXML:To>"
    many = b"</edXML:To>" + b"".join(one % number for number in range(1000, 11_000))
    content = FULL.replace(b"</edXML:To>", many, 1)
    began = monotonic()

    rules = set(rules_of(content))

    assert (rules, monotonic() - began < 10) == ({"element-missing"}, True)
