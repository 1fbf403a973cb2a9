"""Numbers are kept so that only the site can read and find them."""

from base64 import urlsafe_b64encode

import pytest

from motcua.foundation.people.rules.seals import KeyMissing, hash_number, keys_from, seal, unseal

KEYS = keys_from("secret")
NUMBER = "011305000001"


def written(name: str, byte: bytes) -> str:
    return f"{name}:{urlsafe_b64encode(byte * 32).decode()}"


def test_a_sealed_number_can_be_read_again() -> None:
    sealed = seal(NUMBER, kind="personal_id", keys=KEYS)

    assert unseal(sealed.cipher, key=sealed.key, digest=sealed.hash, keys=KEYS) == NUMBER
    assert (sealed.hint, NUMBER.encode() in sealed.cipher) == ("001", False)


def test_two_seals_of_one_number_differ_but_are_found_alike() -> None:
    one, other = (seal(NUMBER, kind="personal_id", keys=KEYS) for _ in range(2))

    assert one.cipher != other.cipher
    assert one.hash == other.hash == hash_number(NUMBER, kind="personal_id", keys=KEYS)


def test_kinds_and_sites_do_not_find_each_others_numbers() -> None:
    hashes = {
        hash_number(NUMBER, kind="personal_id", keys=KEYS),
        hash_number(NUMBER, kind="passport", keys=KEYS),
        hash_number(NUMBER, kind="personal_id", keys=keys_from("another secret")),
    }

    assert len(hashes) == 3


def test_a_cipher_moved_to_another_row_is_refused() -> None:
    lan, dung = (seal(n, kind="personal_id", keys=KEYS) for n in (NUMBER, "011205000001"))

    with pytest.raises(KeyMissing, match="does not fit"):
        unseal(lan.cipher, key=lan.key, digest=dung.hash, keys=KEYS)


def test_after_a_rotation_old_numbers_are_still_read_and_found() -> None:
    before = keys_from("secret", written("k1", b"a"))
    after = keys_from("secret", f"{written('k2', b'b')},{written('k1', b'a')}")
    sealed = seal(NUMBER, kind="personal_id", keys=before)

    assert unseal(sealed.cipher, key=sealed.key, digest=sealed.hash, keys=after) == NUMBER
    assert seal(NUMBER, kind="personal_id", keys=after).key == "k2"
    assert hash_number(NUMBER, kind="personal_id", keys=after) == sealed.hash


def test_a_key_that_is_gone_is_said() -> None:
    sealed = seal(NUMBER, kind="personal_id", keys=keys_from("secret", written("k1", b"a")))

    with pytest.raises(KeyMissing, match="k1"):
        unseal(sealed.cipher, key=sealed.key, digest=sealed.hash, keys=KEYS)


@pytest.mark.parametrize("bad", ["k1:AAAA", "k1:%%%", "k1"])
def test_a_badly_written_key_stops_the_start(bad: str) -> None:
    with pytest.raises(ValueError, match="key k1"):
        keys_from("secret", bad)
