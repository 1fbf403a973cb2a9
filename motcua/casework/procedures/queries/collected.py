"""Which versions have outcomes that one decision with a list may give to many dossiers."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from django.db.models import Count, Max

from motcua.casework.procedures.choices import VersionState
from motcua.casework.procedures.models import ProcedureVersion

from .catalogue import definition_of

_NAMED = r"""collected["']?\s*:\s*(true|yes|on|y)"""  # not “collected: at_filing” of a fee
_IN_FORCE_ONCE = (VersionState.PUBLISHED, VersionState.WITHDRAWN)


def collected_outcomes() -> Mapping[int, frozenset[str]]:
    """Return by version the codes of the outcomes that may stand in a list; kept in memory.

    Costs: one query; one more, and reading the texts that may name any, after a publication.
    """
    found = ProcedureVersion.objects.filter(state__in=_IN_FORCE_ONCE)
    stand = found.aggregate(at=Max("published_at"), newest=Max("pk"), many=Count("pk"))
    return _read((stand["at"], stand["newest"], stand["many"]))


@lru_cache(maxsize=2)
def _read(
    stand: tuple[datetime | None, int | None, int],  # noqa: ARG001 -- says which there are
) -> Mapping[int, frozenset[str]]:
    texts = ProcedureVersion.objects.filter(state__in=_IN_FORCE_ONCE, source__iregex=_NAMED)
    named = {
        pk: frozenset(one.code for one in definition_of(pk).outcomes if one.is_collected)
        for pk in texts.order_by("pk").values_list("pk", flat=True)
    }
    return MappingProxyType({pk: codes for pk, codes in named.items() if codes})
