"""Write, publish and end fee tables.

Source: docs/law/fees.md
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Q

from motcua.casework.fees.choices import TableState
from motcua.casework.fees.errors import BadFeeTable, NoSuchTable, TableMoved
from motcua.casework.fees.models import FeeTable, FeeTableVersion
from motcua.casework.fees.queries.tables import forget_kept
from motcua.casework.fees.rules.deciding import faults_in, wrong_examples
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.decisions import Model, read_dmn, write_dmn
from motcua.lib.text import sort_key

DAY = timedelta(days=1)
EVERYWHERE = 0
MOST_EXAMPLES = 200
NO_DRAFT, NO_TABLE = "-", "+"  # what was seen where nobody had begun to write, or nothing stood
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class TableIn:
    """A table as somebody wrote it.

    `seen` is the digest of the draft it was changed from, `NO_DRAFT` if there was none,
    `NO_TABLE` if the table is to be new.
    """

    code: str
    name: str
    model: Model
    valid_from: date
    basis: str
    basis_on: date | None = None
    basis_issuer: str = ""
    examples: Sequence[Mapping[str, Any]] = ()
    seen: str = ""


@work.story
def save_table(table: TableIn, *, by: Actor, at: datetime) -> FeeTableVersion:
    """Keep a table as its draft; published versions are never touched.

    A draft may be wrong: `publish_table` says how. Raises: BadFeeTable, TableMoved, NotAllowed.
    Locks: the table.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    _check_words(table)
    owner = _owner(table)
    latest = FeeTableVersion.objects.filter(table=owner).order_by("-number").first()
    version = latest if latest is not None and latest.state == TableState.DRAFT else None
    if version is None:
        version = FeeTableVersion(table=owner, number=latest.number + 1 if latest else 1)
    elif table.seen and table.seen != version.digest:
        message = "Người khác vừa lưu dự thảo này; hãy mở lại để thấy bản mới rồi sửa tiếp."
        raise TableMoved(message)
    version.state, version.valid_from, version.basis = (
        TableState.DRAFT,
        table.valid_from,
        table.basis.strip(),
    )
    version.basis_on, version.basis_issuer = table.basis_on, table.basis_issuer.strip()
    version.model = write_dmn(table.model).decode()
    version.examples = [dict(one) for one in table.examples]
    version.digest = _digest_of(version)
    version.edited_by_name, version.edited_at = by.name, at
    version.save()
    audit.record("fees.draft", f"fee_table:{owner.code}", by=by, at=at)
    return version


def _digest_of(version: FeeTableVersion) -> str:
    """Return a mark over all that may be written: it tells whether a draft was touched."""
    parts = (
        version.model,
        version.basis_words,
        version.valid_from.isoformat(),
        json.dumps(version.examples, sort_keys=True, default=str),
    )
    return sha256("\n".join(parts).encode()).hexdigest()


def _check_words(table: TableIn) -> None:
    if not _CODE.fullmatch(table.code):
        message = "Mã bảng gồm chữ thường không dấu, chữ số và dấu gạch, như “phi-ban-sao”."
        raise BadFeeTable(message, field="code")
    if not table.name.strip():
        raise BadFeeTable("Hãy ghi tên khoản thu.", field="name")
    if len(table.examples) > MOST_EXAMPLES:
        raise BadFeeTable(f"Nhiều nhất {MOST_EXAMPLES} ví dụ.", field="examples")


def _owner(table: TableIn) -> FeeTable:
    name = table.name.strip()
    found, is_new = FeeTable.objects.select_for_update().get_or_create(
        code=table.code, defaults={"name": name, "sort_key": sort_key(name)}
    )
    if not is_new and table.seen == NO_TABLE:
        message = f"Đã có bảng mã “{table.code}”; hãy mở bảng ấy để soạn tiếp, hoặc đặt mã khác."
        raise BadFeeTable(message, field="code")
    if not is_new and found.name != name:
        found.name, found.sort_key = name, sort_key(name)
        found.save(update_fields=["name", "sort_key"])
    return found


@work.story
def publish_table(version_id: int, digest: str, *, by: Actor, at: datetime) -> FeeTableVersion:
    """Put a draft in force from its first day; the version before ends the day before.

    Refused while a case has no amount or two, a row no basis, or an example another amount.
    Raises: BadFeeTable naming each, NoSuchTable, TableMoved, NotAllowed.
    Locks: the table.
    """
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    version = _locked_draft(version_id)
    if version is None:
        raise NoSuchTable("Không tìm thấy dự thảo này; có thể người khác đã công bố.")
    if version.digest != digest:
        raise TableMoved("Dự thảo vừa được sửa; hãy xem lại bản mới trước khi công bố.")
    model = read_dmn(version.model.encode())
    faults = [*faults_in(model), *wrong_examples(model, version.examples, version.basis)]
    if not version.basis or version.basis_on is None or not version.basis_issuer:
        faults.append("Chưa ghi đủ văn bản quy định mức thu: số, ngày, cơ quan ban hành.")
    if not version.examples:
        faults.append("Chưa có ví dụ nào tính tay để đối chiếu; hãy thêm ít nhất một ví dụ.")
    if faults:
        raise BadFeeTable("Chưa công bố được:\n" + "\n".join(faults))
    _end_earlier(version)
    version.state = TableState.PUBLISHED
    version.published_by_name, version.published_at = by.name, at
    version.save(update_fields=["state", "published_by_name", "published_at"])
    audit.record("fees.publish", f"fee_table:{version.table.code}", by=by, at=at)
    forget_kept()
    return version


def _locked_draft(version_id: int) -> FeeTableVersion | None:
    """Return the draft, its table locked as `save_table` locks it: who writes on waits for us."""
    drafts = FeeTableVersion.objects.filter(pk=version_id, state=TableState.DRAFT)
    list(FeeTable.objects.select_for_update().filter(pk__in=drafts.values("table")))
    return drafts.select_related("table").first()


def _end_earlier(version: FeeTableVersion) -> None:
    """Let the version before end, or give way whole if it began on the same day or later."""
    running = FeeTableVersion.objects.filter(table=version.table, state=TableState.PUBLISHED)
    running.filter(valid_from__gte=version.valid_from).update(state=TableState.WITHDRAWN)
    running.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=version.valid_from),
        valid_from__lt=version.valid_from,
    ).update(valid_to=version.valid_from - DAY)


@work.story
def end_table(code: str, *, on: date, by: Actor, at: datetime) -> None:
    """End the table: from the day after `on` nothing is decided by it. Raises: NoSuchTable."""
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    running = FeeTableVersion.objects.filter(
        table__code=code, state=TableState.PUBLISHED, valid_to__isnull=True, valid_from__lte=on
    )
    if not running.update(valid_to=on):
        raise NoSuchTable("Bảng này không có phiên bản nào đang có hiệu lực vào ngày ấy.")
    audit.record("fees.end", f"fee_table:{code}", by=by, at=at, detail={"on": on.isoformat()})
    forget_kept()


@work.story
def drop_draft(version_id: int, *, by: Actor, at: datetime) -> None:
    """Throw a draft away. Raises: NoSuchTable, NotAllowed."""
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    draft = _locked_draft(version_id)
    if draft is None:
        raise NoSuchTable("Không tìm thấy dự thảo này.")
    code = draft.table.code
    draft.delete()
    audit.record("fees.drop", f"fee_table:{code}", by=by, at=at)
