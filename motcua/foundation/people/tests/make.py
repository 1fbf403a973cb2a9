"""Persons and enterprises for tests: valid and dull."""

from datetime import UTC, datetime
from typing import Any

from motcua.foundation.people.choices import EnterpriseKind
from motcua.foundation.people.models import Enterprise, Person

NEW_YEAR = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)


def make_person(
    full_name: str = "Nguyễn Thị Lan", *, number_hash: bytes | None = None, **more: Any
) -> Person:
    """Return a stored person, with a number only if its hash is given."""
    person = Person(created_at=NEW_YEAR, **more)
    person.name(full_name)
    if number_hash:
        person.personal_id_hash, person.personal_id_cipher = number_hash, b"cipher"
        person.personal_id_key, person.personal_id_hint = "k1", "123"
    person.save()
    return person


def make_enterprise(name: str = "Hợp tác xã Mường Thanh", **more: Any) -> Enterprise:
    """Return a stored enterprise."""
    values = {"tax_code": "0100109106", "kind": EnterpriseKind.COOPERATIVE, "created_at": NEW_YEAR}
    enterprise = Enterprise(**(values | more))
    enterprise.rename(name)
    enterprise.save()
    return enterprise
