"""What the two versions of the API say, read and written."""

from base64 import b64encode
from typing import Any

import pytest

from motcua.adapters.csc import shapes
from motcua.foundation.signing.api import Consent, Secrets, ToSign
from motcua.foundation.trust.tests.make import make_leaf

ASKED = ToSign("hoa-1", [b"\1" * 32, b"\2" * 32])
ENCODED = [b64encode(one * 32).decode() for one in (b"\1", b"\2")]


def told(**changes: Any) -> dict[str, Any]:
    """Return what a service says of a credential in version 1."""
    der = b64encode(make_leaf("Nguyễn Thị Hoa").der).decode()
    said: dict[str, Any] = {
        "key": {"status": "enabled"},
        "cert": {"status": "valid", "certificates": [der]},
        "authMode": "explicit",
        "PIN": {"presence": "true"},
        "multisign": 10,
    }
    return said | changes


def test_the_first_version_asks_with_pin_and_hash() -> None:
    body = shapes.consent_body(ASKED, Secrets("1234"), 1)

    assert body == {
        "credentialID": "hoa-1",
        "numSignatures": 2,
        "hash": ENCODED,
        "PIN": "1234",
    }


def test_the_second_version_asks_with_data_of_its_own() -> None:
    body = shapes.consent_body(ASKED, Secrets("1234", "99"), 2)

    assert body == {
        "credentialID": "hoa-1",
        "numSignatures": 2,
        "hashes": ENCODED,
        "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
        "authData": [{"id": "PIN", "value": "1234"}, {"id": "OTP", "value": "99"}],
    }


@pytest.mark.parametrize(
    ("version", "own"),
    [
        (1, {"hash": ENCODED, "hashAlgo": "2.16.840.1.101.3.4.2.1"}),
        (
            2,
            {
                "hashes": ENCODED,
                "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
                "operationMode": "S",
            },
        ),
    ],
)
def test_signatures_are_asked_for_with_the_permission(version: int, own: dict[str, Any]) -> None:
    body = shapes.sign_body(ASKED, "sad", make_leaf("Nguyễn Thị Hoa").der, version)

    assert body == {
        "credentialID": "hoa-1",
        "SAD": "sad",
        "signAlgo": "1.2.840.113549.1.1.11",
        **own,
    }


def test_an_elliptic_key_has_an_algorithm_of_its_own() -> None:
    der = make_leaf("Lò Văn Cong", kind="ec").der

    assert shapes.sign_algorithm(der, "sha384") == "1.2.840.10045.4.3.3"


@pytest.mark.parametrize(
    ("changes", "consent"),
    [
        ({}, Consent.PIN),
        ({"OTP": {"presence": "true"}}, Consent.PIN_AND_OTP),
        ({"PIN": {"presence": "false"}, "OTP": {"presence": "true"}}, Consent.OTP),
        ({"authMode": "oauth2code"}, Consent.OWN_PAGE),
    ],
)
def test_how_the_person_is_asked_in_the_first_version(
    changes: dict[str, Any], consent: Consent
) -> None:
    assert shapes.read_key("hoa-1", told(**changes), 1).consent == consent


@pytest.mark.parametrize(
    ("auth", "consent"),
    [
        ({"mode": "explicit", "objects": [{"id": "PIN"}]}, Consent.PIN),
        ({"mode": "explicit", "objects": [{"id": "PIN"}, {"id": "OTP"}]}, Consent.PIN_AND_OTP),
        ({"mode": "oauth2code"}, Consent.OWN_PAGE),
    ],
)
def test_how_the_person_is_asked_in_the_second(auth: dict[str, Any], consent: Consent) -> None:
    assert shapes.read_key("hoa-1", told(auth=auth), 2).consent == consent


@pytest.mark.parametrize(("most", "taken"), [(0, 1), (10, 10), (10_000, 200)])
def test_how_many_at_once_stays_sensible(most: int, taken: int) -> None:
    assert shapes.read_key("hoa-1", told(multisign=most), 1).most_at_once == taken


def test_a_key_that_is_switched_off_is_not_used() -> None:
    assert not shapes.read_key("hoa-1", told(key={"status": "disabled"}), 1).is_usable


@pytest.mark.parametrize(
    "said",
    [
        {},
        told(cert={}),
        told(cert={"certificates": []}),
        told(cert={"certificates": ["khong"]}),
        told(cert={"certificates": [b64encode(b"x").decode()]}),
        told(multisign="nhieu"),
        told(key=None),
        told(authMode=None, PIN="x"),
    ],
)
def test_an_odd_answer_is_not_believed(said: dict[str, Any]) -> None:
    with pytest.raises(shapes.Odd):
        shapes.read_key("hoa-1", said, 1)


@pytest.mark.parametrize("said", [{}, {"signatures": []}, {"signatures": ["$"]}, {"signatures": 3}])
def test_fewer_signatures_than_hashes_are_none(said: dict[str, Any]) -> None:
    with pytest.raises(shapes.Odd):
        shapes.read_signatures(said, 1)
