"""What administrators choose as a file is read, or told apart in words."""

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
    pkcs12,
)

from motcua.foundation.trust import api as trust

from .make import make_between, make_crl, make_leaf, make_root


def bundle(encoding: Encoding, *pairs: str) -> bytes:
    made = {"root": make_root(), "between": make_between(), "leaf": make_leaf("Nguyễn Thị Hoa")}
    return pkcs7.serialize_certificates([made[one].certificate for one in pairs], encoding)


@pytest.mark.parametrize(
    "content",
    [
        make_root().der,
        make_root().certificate.public_bytes(Encoding.PEM),
        b"Bag Attributes\n" + make_root().certificate.public_bytes(Encoding.PEM),
        bundle(Encoding.DER, "root"),
        bundle(Encoding.PEM, "root", "between", "leaf"),
    ],
    ids=["der", "pem", "pem with words", "p7b", "p7b in pem with others"],
)
def test_the_root_of_a_file_is_found(content: bytes) -> None:
    assert trust.root_in(content).subject_name == "Gốc thử nghiệm"


def key_in_pem() -> bytes:
    return make_root().key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def key_in_pkcs12() -> bytes:
    pair = make_leaf("Nguyễn Thị Hoa")
    secret = BestAvailableEncryption(b"1234")
    return pkcs12.serialize_key_and_certificates(b"x", pair.key, pair.certificate, None, secret)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "trống"),
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04 x", "nén"),
        (key_in_pem(), "khóa bí mật"),
        (key_in_pkcs12(), "khóa bí mật"),
        (b"-----BEGIN CERTIFICATE REQUEST-----", "yêu cầu cấp"),
        (b"-----BEGIN X509 CRL-----", "thu hồi"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "Không đọc được"),
        (b"0\x82\xff\xff", "Không đọc được"),
        (make_crl(make_root()), "Không đọc được"),
        (b"\x30" * 1_000_001, "quá lớn"),
        (make_between().der, "trung gian"),
        (make_leaf("Nguyễn Thị Hoa").der, "không phải chứng thư của một tổ chức"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_wrong_file_is_told_what_it_is(content: bytes, says: str) -> None:
    with pytest.raises(trust.NotACertificate, match=says):
        trust.root_in(content)


def test_two_roots_are_brought_in_one_by_one() -> None:
    both = [make_root().certificate, make_root("Gốc thứ hai").certificate]

    with pytest.raises(trust.NotACertificate, match="2 chứng thư gốc"):
        trust.root_in(pkcs7.serialize_certificates(both, Encoding.DER))


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("CN=Ban Cơ yếu,O=X,C=VN", "Ban Cơ yếu"),
        ("C=VN,O=X\\, Y,CN=A\\, B", "A, B"),
        ("O=Không có tên chung", "O=Không có tên chung"),
    ],
)
def test_the_common_name_is_read_from_a_whole_name(name: str, common: str) -> None:
    assert trust.common_name_in(name) == common
