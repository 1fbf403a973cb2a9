"""Who and what can be chosen for an entry, and what was chosen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.casework.agendas import api as agendas
from motcua.casework.agendas.api import AgendaEntry, EntryIn, EntryShown, Guest
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

Options = list[tuple[str, str]]
_LEADERS = (PostRole.AGENCY_LEADER, PostRole.UNIT_HEAD)


def people_of(agency_id: int, at: datetime) -> dict[str, tuple[str, str]]:
    """Return who works in the agency by account: name and title, leaders first.

    Costs: three queries.
    """
    tree = organisation.tree()
    units = [unit.id for unit in tree.units_of(agency_id)]
    seats = organisation.seats_of_units(units, local_day(at))
    accounts = identity.accounts_of_officers([s.officer_id for s in seats if s.officer_id])
    ordered = sorted(seats, key=lambda seat: seat.role not in _LEADERS)
    return {
        str(accounts[seat.officer_id]): (seat.officer_name, seat.title)
        for seat in ordered
        if seat.officer_id in accounts
    }


def offer(form: Any, actor: Actor, agency_id: int, at: datetime) -> None:
    """Set what can be chosen in the form of an entry."""
    tree = organisation.tree()
    people = people_of(agency_id, at)
    words = [(key, f"{name} – {title}") for key, (name, title) in people.items()]
    units = agendas.proposing_units(agency_id, actor)
    form.fields["unit"].choices = [(str(one), tree.unit(one).name) for one in units]
    form.fields["chair"].choices = [("", "Chọn người chủ trì"), *words]
    form.fields["people"].choices = words
    form.fields["units"].choices = [(str(u.id), u.name) for u in tree.units_of(agency_id)]


def facts_of(data: Mapping[str, Any], agency_id: int, at: datetime) -> EntryIn:
    """Return the entry as it was typed."""
    tree, people = organisation.tree(), people_of(agency_id, at)
    guests = [Guest(account_id=int(key), name=people[key][0]) for key in data["people"]]
    guests += [Guest(unit_id=int(key), name=tree.unit(int(key)).name) for key in data["units"]]
    chair = data["chair"]
    return EntryIn(
        day=data["day"],
        starts=data["starts"],
        ends=data["ends"],
        title=data["title"],
        place=data["place"],
        chair_account_id=int(chair) if chair else None,
        chair_name=people[chair][0] if chair else data["chair_name"],
        who=data["who"],
        guests=guests,
        prepared_by=data["prepared_by"],
        car=data["car"],
        note=data["note"],
        is_public=data["is_public"],
    )


def initial_of(shown: EntryShown) -> dict[str, Any]:
    """Return what the form of a change begins with."""
    entry: AgendaEntry = shown.entry
    names = ("day", "title", "place", "who", "prepared_by", "car", "note", "is_public")
    return {
        **{name: getattr(entry, name) for name in names},
        "unit": str(entry.unit_id),
        "starts": f"{entry.starts:%H:%M}",
        "ends": f"{entry.ends:%H:%M}" if entry.ends else "",
        "chair": str(entry.chair_account_id or ""),
        "chair_name": "" if entry.chair_account_id else entry.chair_name,
        "people": [str(one.account_id) for one in shown.guests if one.account_id],
        "units": [str(one.unit_id) for one in shown.guests if one.unit_id],
    }
