"""Who reads in bulk."""

from dataclasses import replace

from motcua.casework.dossiers.tests.make import Commune
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor


def make_reader(commune: Commune, *more: Power) -> Actor:
    """Return who may read the dossiers of a commune in bulk."""
    units = frozenset([commune.root_id, commune.desk_id, commune.justice_id])
    powers = dict.fromkeys((str(Power.EXPORT_DOSSIERS), *map(str, more)), units)
    return replace(commune.hoa, unit_ids=tuple(units), powers=powers)
