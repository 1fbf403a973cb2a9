"""Publish versions of lists, and say what one list's codes are called in another."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import tidy

from .errors import AlreadyInForce, NoSuchList
from .models import CodeItem, CodeList, CodeListVersion, CodeMapping
from .queries import forget_copy
from .rules import Entry, changed_codes, check_entries

POWER = "procedures.publish"
EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
ONE_DAY = timedelta(days=1)


@work.story
def name_list(code: str, name: str, *, by: Actor) -> CodeList:
    """Begin a list, or give it another name.

    Raises: NotAllowed.
    """
    by.require(POWER, unit_id=EVERYWHERE)
    transaction.on_commit(forget_copy)
    return CodeList.objects.update_or_create(code=code, defaults={"name": tidy(name)})[0]


@work.story
def publish_version(
    list_code: str,
    entries: Sequence[Entry],
    *,
    valid_from: date,
    by: Actor,
    at: datetime,
    legal_basis: str = "",
) -> CodeListVersion | None:
    """Let these entries hold from that day; what is missing or changed ends the day before.

    Answers None, and changes nothing, if the list already says the same.

    Raises: NotAllowed, NoSuchList, OddEntries, AlreadyInForce.
    Locks: the list.
    """
    by.require(POWER, unit_id=EVERYWHERE)
    code_list = _locked(list_code)
    tidied = [Entry(tidy(e.code), tidy(e.name), tidy(e.description)) for e in entries]
    check_entries(tidied)
    living = {item.code: item for item in _living(code_list, valid_from)}
    as_entries = {code: Entry(code, i.name, i.description) for code, i in living.items()}
    changed = changed_codes(as_entries, tidied)
    if not changed:
        return None
    _end([living[code] for code in changed if code in living], valid_from)
    version = _new_version(code_list, valid_from, legal_basis, by=by, at=at)
    _begin([e for e in tidied if e.code in changed], version, [e.code for e in tidied])
    transaction.on_commit(forget_copy)
    return version


@work.story
def map_codes(
    source: str, target: str, pairs: Mapping[str, str], *, valid_from: date, by: Actor
) -> None:
    """Say what codes of one list are called in another from a day on.

    Raises: NotAllowed, NoSuchList.
    """
    by.require(POWER, unit_id=EVERYWHERE)
    source_list, target_list = _locked(source), _locked(target)
    living = CodeMapping.objects.filter(
        source=source_list, target=target_list, source_code__in=pairs, valid_to__isnull=True
    )
    same = {row.source_code for row in living if pairs[row.source_code] == row.target_code}
    living.exclude(source_code__in=same).update(valid_to=valid_from - ONE_DAY)
    CodeMapping.objects.bulk_create(
        CodeMapping(
            source=source_list,
            source_code=code,
            target=target_list,
            target_code=other,
            valid_from=valid_from,
        )
        for code, other in pairs.items()
        if code not in same
    )
    transaction.on_commit(forget_copy)


def _locked(list_code: str) -> CodeList:
    try:
        return CodeList.objects.select_for_update().get(code=list_code)
    except CodeList.DoesNotExist as error:
        raise NoSuchList(f"Không có danh mục “{list_code}”.") from error


def _living(code_list: CodeList, day: date) -> list[CodeItem]:
    on_or_after = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return list(CodeItem.objects.filter(on_or_after, code_list=code_list))


def _end(items: Sequence[CodeItem], valid_from: date) -> None:
    for item in items:
        if item.valid_from >= valid_from:
            raise AlreadyInForce(
                f"Mã “{item.code}” đã được công bố áp dụng từ ngày {item.valid_from:%d/%m/%Y}; "
                "phiên bản mới phải áp dụng từ một ngày sau đó."
            )
        item.valid_to = valid_from - ONE_DAY
    CodeItem.objects.bulk_update(items, ["valid_to"])


def _new_version(
    code_list: CodeList, valid_from: date, legal_basis: str, *, by: Actor, at: datetime
) -> CodeListVersion:
    latest = code_list.versions.aggregate(latest=Max("number"))["latest"] or 0
    return CodeListVersion.objects.create(
        code_list=code_list,
        number=latest + 1,
        valid_from=valid_from,
        legal_basis=tidy(legal_basis),
        published_at=at,
        published_by=by.name,
    )


def _begin(entries: Sequence[Entry], version: CodeListVersion, order: Sequence[str]) -> None:
    CodeItem.objects.bulk_create(
        CodeItem(
            code_list_id=version.code_list_id,
            introduced_in=version,
            code=entry.code,
            name=entry.name,
            description=entry.description,
            position=order.index(entry.code),
            valid_from=version.valid_from,
        )
        for entry in entries
    )
