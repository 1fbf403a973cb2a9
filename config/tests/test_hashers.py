"""The strength of kept passwords."""

from argon2 import extract_parameters
from django.contrib.auth.hashers import Argon2PasswordHasher

from config.hashers import Argon2idHasher
from config.settings import accounts

WORDS = "Một cửa ở Điện Biên"


def test_passwords_are_kept_with_argon2id_of_19_mib() -> None:
    kept = Argon2idHasher().encode(WORDS, "muối của Lan")

    found = extract_parameters("$" + kept.split("$", 1)[1])
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == (
        "ID",
        19 * 1024,
        2,
        1,
    )


def test_production_makes_them_so() -> None:
    assert accounts.PASSWORD_HASHERS[0] == "config.hashers.Argon2idHasher"


def test_a_hash_of_djangos_strength_is_still_right_and_is_renewed() -> None:
    kept = Argon2PasswordHasher().encode(WORDS, "muối của Lan")

    assert (Argon2idHasher().verify(WORDS, kept), Argon2idHasher().must_update(kept)) == (
        True,
        True,
    )
