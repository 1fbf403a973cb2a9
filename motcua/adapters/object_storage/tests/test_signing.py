"""Against the examples that the inventor of the protocol published."""

from datetime import UTC, datetime

from motcua.adapters.object_storage.signing import EMPTY, Asked, Keys, signed_headers

KEYS = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
HOST = "examplebucket.s3.amazonaws.com"
DAY = datetime(2013, 5, 24, tzinfo=UTC)


def signature(asked: Asked, payload_hash: str = EMPTY) -> str:
    headers = signed_headers(asked, payload_hash, KEYS, DAY)
    return headers["authorization"].rpartition("Signature=")[2]


def test_getting_an_object() -> None:
    asked = Asked("GET", "/test.txt", {}, {"host": HOST, "range": "bytes=0-9"})

    expected = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    assert signature(asked) == expected


def test_putting_an_object() -> None:
    headers = {
        "host": HOST,
        "date": "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
    }
    digest = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"

    signed = signature(Asked("PUT", "/test$file.text", {}, headers), digest)

    assert signed == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"


def test_listing_objects() -> None:
    asked = Asked("GET", "/", {"max-keys": "2", "prefix": "J"}, {"host": HOST})

    expected = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    assert signature(asked) == expected
