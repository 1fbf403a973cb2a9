"""What a message says, however odd it is."""

import pytest

from motcua.casework.mailboxes.rules.reading import MOST_PARTS, is_verified, read_mail, words_of

from .make import letter

PASSED = (
    "mx.dienbien.example; dkim=pass header.d=hoaban.example; dmarc=pass header.from=hoaban.example"
)
ADDRESS = "lienhe@hoaban.example"


def test_a_message_says_who_what_when_and_which_files() -> None:
    mail = read_mail(letter().as_bytes())

    assert (mail.from_name, mail.from_address) == ("Công ty Hoa Ban", ADDRESS)
    assert (mail.subject, mail.message_id) == (
        "Đề nghị cấp phép sử dụng hè phố",
        "<1@hoaban.example>",
    )
    assert mail.sent_at is not None
    assert mail.text == "Kính gửi UBND xã,\nCông ty gửi kèm công văn."
    assert [one.name for one in mail.attached] == ["công văn 12.pdf"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"From: =?utf-9?B?!!!?=\nSubject: =?x?y?z?=\n\nchao",
        b"Content-Type: text/plain; charset=khong-co\n\nch\xc3\xa0o",
        b"Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\n@@@@",
        b"Date: 31 Feb 2026\nFrom: <>\n\n",
        b"Subject: " + b"a" * 200_000 + b"\n\nx",
    ],
)
def test_odd_bytes_are_read_as_far_as_they_go(raw: bytes) -> None:
    mail = read_mail(raw)

    assert len(mail.subject) <= 1000


def test_a_message_of_too_many_parts_is_not_taken_apart() -> None:
    message = letter()
    for number in range(MOST_PARTS):
        message.add_attachment(b"x", maintype="text", subtype="plain", filename=f"{number}.txt")

    mail = read_mail(message.as_bytes())

    assert (mail.attached, mail.subject) == ((), "Đề nghị cấp phép sử dụng hè phố")
    assert "hơn 100 phần" in mail.findings[0]


def test_a_bomb_of_nested_parts_is_named_and_costs_nothing() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(5_000)
    )

    mail = read_mail(b"From: a@b.example\nSubject: bom\n" + nested)

    assert (mail.subject, len(mail.findings)) == ("bom", 1)


def test_of_a_page_only_its_words_are_taken() -> None:
    page = "<style>p{}</style><p>Kính gửi</p><script>alert(1)</script>văn thư<br>xã"

    assert words_of(page) == "Kính gửi\nvăn thư\nxã"


@pytest.mark.parametrize(
    ("results", "trusted", "address", "is_right"),
    [
        ([PASSED], "mx.dienbien.example", ADDRESS, True),
        ([PASSED], "", ADDRESS, False),
        ([PASSED], "mx.khac.example", ADDRESS, False),
        ([PASSED], "mx.dienbien.example", "lienhe@gia.example", False),
        ([PASSED.replace("dmarc=pass", "dmarc=fail")], "mx.dienbien.example", ADDRESS, False),
        (["mx.dienbien.example; dmarc=none", PASSED], "mx.dienbien.example", ADDRESS, False),
        ([], "mx.dienbien.example", ADDRESS, False),
    ],
    ids=["passed", "nobody-trusted", "other-server", "other-domain", "failed", "forged", "none"],
)
def test_a_sender_is_verified_by_our_own_server_alone(
    results: list[str], trusted: str, address: str, is_right: object
) -> None:
    assert is_verified(results, trusted, address) == is_right
