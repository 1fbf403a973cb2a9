"""File many like dossiers at once: a spreadsheet beside a draft, one act, one order for all fees.

Source: docs/law/further-procedures.md
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.errors import AnswersWrong, DossierError, PapersMissing
from motcua.casework.dossiers.models import BulkFiling, Draft
from motcua.casework.dossiers.rules.application import Application, check_complete
from motcua.casework.dossiers.rules.bulk import MOST_ROWS, columns_of, rows_of, title_of
from motcua.casework.dossiers.rules.bulk import takes_sheets as takes
from motcua.casework.forms.api import Form, with_reckoned
from motcua.casework.payments import api as payments
from motcua.casework.procedures import api as procedures
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.sheets import read_sheet
from motcua.lib.tongue import said

from .drafts import application_of, check_unfiled, own_draft, saved
from .filing import file_application
from .money import TERM, fee_in, left_to_pay, order_in
from .telling import lock_dossier

MOST_COMPLAINTS = 50


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong in one place of a spreadsheet."""

    row: int
    column: str
    words: str


class SheetWrong(DossierError):
    """Rows of a spreadsheet that cannot be filed, each with its place."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("Bảng còn chỗ chưa đúng; chưa có hồ sơ nào được nộp.")
        self.complaints = complaints


def takes_sheet(definition: procedures.Definition) -> bool:
    """Say whether many dossiers of a version can be filed from a spreadsheet."""
    return definition.can_be_filed_online and takes(definition.form)


@work.story
def take_sheet(
    token: str, file_name: str, content: bytes, *, by: Actor, at: datetime
) -> BulkFiling:
    """Read a spreadsheet beside the own draft; every row must be right, or nothing is kept.

    Raises: NoSuchDraft, DossierError once filed, BadInput for the file, SheetWrong for its rows.
    """
    draft = own_draft(token, by)
    definition = procedures.definition_of(draft.procedure_version_id)
    form = definition.form
    if form is None or not takes_sheet(definition):
        message = said("Thủ tục này không nộp được từ bảng tính; hãy nộp từng hồ sơ.")
        raise BadInput(message, field="file")
    sheet = read_sheet(content, most_rows=MOST_ROWS)
    rows = rows_of(form, sheet, draft.answers)
    pattern = application_of(draft, by, at)
    complaints = _complaints(form, rows, pattern, definition, at)
    if complaints:
        raise SheetWrong(complaints[:MOST_COMPLAINTS])
    BulkFiling.objects.filter(draft_id=draft.pk, filed_at__isnull=True).delete()
    return BulkFiling.objects.create(
        token=secrets.token_urlsafe(18),
        draft_id=draft.pk,
        account_id=by.id,
        procedure_version_id=draft.procedure_version_id,
        file_name=file_name[:200],
        rows=[with_reckoned(form, answers) for _, answers in rows],
        taken_at=at,
    )


def _complaints(
    form: Form,
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    pattern: Application,
    definition: procedures.Definition,
    at: datetime,
) -> list[Complaint]:
    columns = columns_of(form)
    found: list[Complaint] = []
    seen: dict[str, int] = {}
    for number, answers in rows:
        whole = with_reckoned(form, answers)
        try:
            check_complete(
                replace(pattern, answers=whole), definition, on=local_day(at), must_answer=True
            )
        except AnswersWrong as error:
            found += [
                Complaint(number, title_of(columns, path), words)
                for path, words in error.complaints.items()
            ]
        except PapersMissing as error:
            found.append(Complaint(number, "", str(error)))
        earlier = seen.setdefault(repr(sorted(whole.items())), number)
        if earlier != number:
            found.append(Complaint(number, "", f"Giống hệt dòng {earlier}."))
    return found


def file_bulk(token: str, *, by: Actor, at: datetime, key: str = "") -> BulkFiling:
    """File every row in one act: all or none, with one order for all fees; asked again, the same.

    Raises: DossierError, AnswersWrong, PapersMissing, NotForFiling, BadInput.
    """
    if key:
        requests.carry_out_once(key, lambda: _file(token, by=by, at=at, key=key), by=by)
    else:
        _file(token, by=by, at=at, key="")
    return BulkFiling.objects.get(token=token, account_id=by.id)


@work.story
def _file(token: str, *, by: Actor, at: datetime, key: str) -> str:
    # The draft before the sheet beside it, as whoever lays another sheet there locks them.
    draft, bulk = _draft_of(token, by), _locked(token, by)
    if bulk.filed_at is not None:
        return bulk.token
    if draft is None:
        raise DossierError(said("Bản nháp làm mẫu không còn; hãy soạn lại rồi tải bảng lên."))
    check_unfiled(draft)
    if draft.procedure_version_id != bulk.procedure_version_id:
        raise DossierError(
            said("Thủ tục vừa có phiên bản mới; hãy xem lại hồ sơ mẫu và tải lại bảng.")
        )
    pattern = application_of(draft, by, at)
    bulk.codes = [
        file_application(replace(pattern, answers=answers), by=by, at=at) for answers in bulk.rows
    ]
    work.flush()
    order = _order(bulk.codes, by=by, at=at)
    bulk.order_code, bulk.filed_at = order, at
    work.update(bulk, "codes", "order_code", "filed_at")
    draft.filed_code = bulk.codes[0]
    saved(draft, "filed_code", at=at)
    if key:
        requests.claim_key(key, bulk.token, by=by, at=at)
    return bulk.token


def _draft_of(token: str, by: Actor) -> Draft | None:
    """Return the locked draft beside which a sheet lies, if it is still there."""
    beside = BulkFiling.objects.filter(token=token, account_id=by.id).values_list("draft_id")
    return Draft.objects.select_for_update().filter(pk__in=beside, account_id=by.id).first()


def _locked(token: str, by: Actor) -> BulkFiling:
    try:
        return work.lock(BulkFiling, token=token, account_id=by.id)
    except BulkFiling.DoesNotExist as error:
        raise DossierError(
            said("Không tìm thấy lần nộp này trong tài khoản của ông/bà.")
        ) from error


def _order(codes: Sequence[str], *, by: Actor, at: datetime) -> str:
    """Open one order for what is due for all of them; return its code, empty if nothing is due."""
    pairs = []
    for code in codes:
        dossier = lock_dossier(code)
        asked = [fee_in(one) for one in left_to_pay(dossier)]
        if asked:
            pairs.append((dossier, asked))
    if not pairs:
        return ""
    return payments.open_order(order_in(pairs, expires_at=at + TERM), by=by, at=at).code
