"""An application's powers: its scopes, and the powers of its post, whichever is less."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from motcua.foundation.clients.choices import POWERS, Scope
from motcua.lib.actor import Actor


def narrowed(
    actor: Actor,
    scopes: Collection[Scope],
    units: frozenset[int] | None,
    *,
    name: str,
    application_id: int | None = None,
) -> Actor:
    """Return the actor within scopes and units (None: wherever the post reaches).

    A power over the whole province becomes one over the units named. Who acts is the application,
    on behalf of the holder of the account.

    Source: docs/law/access.md
    """
    allowed = {str(power) for scope in scopes for power in POWERS.get(scope, ())}
    province = frozenset(actor.province_powers & allowed)
    powers = {power: held for power, held in actor.powers.items() if power in allowed}
    sees_all = actor.sees_all and Scope.READ in scopes
    unit_ids = actor.unit_ids
    if units is not None:
        powers = _within(powers, province, units)
        unit_ids = tuple(sorted(units)) if sees_all else _inside(unit_ids, units)
        province, sees_all = frozenset(), False
    return replace(
        actor,
        name=name,
        application_id=application_id,
        on_behalf_of=actor.name,
        powers=powers,
        province_powers=province,
        unit_ids=unit_ids,
        sees_all=sees_all,
    )


def _within(
    powers: Mapping[str, frozenset[int]], province: frozenset[str], units: frozenset[int]
) -> dict[str, frozenset[int]]:
    kept = {power: held & units for power, held in powers.items()}
    everywhere = dict.fromkeys(province, units)
    return {power: held for power, held in {**kept, **everywhere}.items() if held}


def _inside(unit_ids: tuple[int, ...], units: frozenset[int]) -> tuple[int, ...]:
    return tuple(unit for unit in unit_ids if unit in units)
