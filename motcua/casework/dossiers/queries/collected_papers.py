"""A decision for a list as printed: whole for the agency, one line of it for each applicant.

Source: docs/law/field-work.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from motcua.casework.dossiers.models import (
    CollectedDecision,
    CollectedDossier,
    Dossier,
    DossierAnswers,
    DossierOutcome,
)
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeSpec
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.lib.actor import Actor
from motcua.lib.clock import local

from . import letterheads
from .collected import Listed, get_collected_for, owner_of_list, whole_list
from .facts import found_of_many
from .merging import content_of
from .wording import outcome_lines, spoken

COLUMNS = ("TT", "Họ tên", "Nơi ở", "Nội dung")
Words = Mapping[str, str]


def collected_pdf(actor: Actor, decision_id: int) -> bytes:
    """Return the decision with its whole list as PDF: as it was signed, or a draft.

    It is for the agency; who applied gets an extract (`extract_pdf`).

    Raises: NoSuchDossier.
    """
    decision, lines = get_collected_for(actor, decision_id)
    done = signing.completed_of(owner_of_list(decision_id)) if decision.decided_at else None
    if done is not None:
        return content_of(files.StoredFile.objects.get(pk=done.file_id))
    return papers.render_document(_document(decision, lines, _said(decision, lines)))


def list_to_sign(decision: CollectedDecision, said: Sequence[Words], initials: int) -> bytes:
    """Return the decision with its list as it will be signed, with the places for that.

    `said` is what each line says, in their order.
    """
    unsigned = replace(_document(decision, whole_list(decision).lines, said), is_draft=False)
    return papers.render_document(unsigned, has_fields=True, initials=initials)


def lines_now(decision: CollectedDecision) -> list[Words]:
    """Return what each line of a list says as its dossier stands now. Costs: six queries."""
    return _words_of(decision, whole_list(decision).lines)


def lines_as_signed(decision: CollectedDecision) -> list[Words]:
    """Return what each line said when the list was signed. Costs: one query."""
    return [line.as_signed for line in whole_list(decision).lines]


def extract_pdf(dossier: Dossier, outcome: DossierOutcome, spec: OutcomeSpec) -> bytes | None:
    """Return the extract of the list by which an outcome was decided; None where it was not.

    No other line of the list is in it.

    Costs: nothing where the outcome is of no list, else five queries.
    """
    if not spec.is_collected or outcome.decided_at is None:
        return None
    lines = CollectedDossier.objects.filter(
        dossier_id=dossier.pk,
        decision__number=outcome.number,
        decision__spec_code=outcome.spec_code,
        decision__decided_at__isnull=False,
    )
    row = lines.select_related("decision").first()
    if row is None:
        return None
    listed = CollectedDossier.objects.filter(decision_id=row.decision_id)
    place = listed.filter(place__lte=row.place).count()
    said = row.as_signed or _words_of(row.decision, [Listed(place, dossier, {})])[0]
    if row.as_signed and outcome.valid_until:  # known only when it is sealed, so in no list
        until = f"Có giá trị đến hết ngày {outcome.valid_until:%d/%m/%Y}."
        said = {**said, "words": f"{said['words']}\n{until}"}
    return papers.render_paper(_extract(dossier, row.decision, place, listed.count(), said))


def _extract(
    dossier: Dossier, decision: CollectedDecision, place: int, in_all: int, said: Words
) -> papers.ListExtract:
    definition = procedures.definition_of(dossier.procedure_version_id)
    whole = _document(decision, [Listed(place, dossier, said)], [said])
    signer = whole.signers[0]
    return papers.ListExtract(
        letterhead=whole.letterhead,
        code=dossier.code,
        procedure_name=definition.name,
        lookup_url=letterheads.lookup_url(dossier),
        kind="Quyết định",
        subject=decision.title,
        authority=whole.authority,
        bases=whole.bases,
        articles=tuple(_articles(_spec(definition, decision).name, in_all).split("\n")),
        columns=COLUMNS,
        line=(str(place), said["name"], said["place"], said["words"]),
        lines_in_all=in_all,
        signer=signer,
        original=_original(decision),
        copy_notation=f"TrS-{signing.short_name(whole.letterhead.issuer)}",
        recipient=said["name"],
    )


def _original(decision: CollectedDecision) -> str:
    """Return how the decision itself was signed, and by what mark its file is known."""
    done = signing.completed_of(owner_of_list(decision.pk))
    if done is None:
        return "Quyết định ký trên giấy."
    stored = files.StoredFile.objects.get(pk=done.file_id)
    sealed = f"{local(done.sealed_at):%H:%M:%S ngày %d/%m/%Y}"
    return (
        f"Quyết định ký số, đóng dấu số lúc {sealed}.\nSHA-256 của tệp lưu: {stored.sha256[:32]}…"
    )


def _said(decision: CollectedDecision, lines: Sequence[Listed]) -> list[Words]:
    """Return what the lines say: of a signed list what they said then."""
    if decision.decided_at is not None and all(line.as_signed for line in lines):
        return [line.as_signed for line in lines]
    return _words_of(decision, lines)


def _words_of(decision: CollectedDecision, lines: Sequence[Listed]) -> list[Words]:
    """Return the words of lines from their dossiers; the outcome stands as it is drafted."""
    ids = [line.dossier.pk for line in lines]
    rows = DossierAnswers.objects.filter(dossier_id__in=ids)
    answers = dict(rows.values_list("dossier_id", "answers"))
    outcomes = DossierOutcome.objects.filter(dossier_id__in=ids, spec_code=decision.spec_code)
    drafted = {one.dossier_id: one for one in outcomes.order_by("seq")}
    found = found_of_many([line.dossier for line in lines])
    said: list[Words] = []
    for line in lines:
        dossier, given = line.dossier, answers.get(line.dossier.pk, {})
        definition = procedures.definition_of(dossier.procedure_version_id)
        known = spoken(definition, dossier, given, found[dossier.pk])
        outcome = drafted.get(dossier.pk) or DossierOutcome(spec_code=decision.spec_code)
        words = outcome_lines(dossier, outcome, _spec(definition, decision), known)
        place = str(given.get("dia_chi", "") or dossier.submitter_address)
        said.append({"name": dossier.applicant_name, "place": place, "words": "\n".join(words)})
    return said


def _spec(definition: Definition, decision: CollectedDecision) -> OutcomeSpec:
    return next(spec for spec in definition.outcomes if spec.code == decision.spec_code)


def _document(
    decision: CollectedDecision, lines: Sequence[Listed], said: Sequence[Words]
) -> papers.AdministrativeDocument:
    first = lines[0].dossier if lines else None
    definition = procedures.definition_of(
        first.procedure_version_id if first else _version(decision)
    )
    at = decision.decided_at or decision.made_at
    number, _, given = decision.number.partition("/")
    notation = given or definition.sector_code or "KQ"
    issuer = organisation.name_of_agency(decision.agency_id)
    what = _spec(definition, decision).name
    return papers.AdministrativeDocument(
        letterhead=letterheads.of_agency(
            decision.agency_id, at, number=int(number) if number else None, notation=notation
        ),
        kind=papers.DocumentKind.DECISION,
        subject=decision.title,
        authority=definition.decided_by or issuer,
        bases=tuple(f"Căn cứ {law.title} ({law.number})" for law in definition.legal_basis),
        body=papers.body_from(_articles(what, len(lines))),
        signers=(
            papers.Signer(
                title=decision.signed_by_title or definition.decided_by or "Thủ trưởng đơn vị",
                name=decision.signed_by_name or "(dự thảo)",
                capacity=decision.signed_by_capacity,
            ),
        ),
        recipients=("Như Điều 2", "Lưu hồ sơ"),
        annexes=(
            papers.Annex(title="Danh sách kèm theo", body=papers.body_from(_rows(lines, said))),
        ),
        is_dated=decision.decided_at is not None,
        is_draft=decision.decided_at is None,
    )


def _version(decision: CollectedDecision) -> int:
    found = procedures.ProcedureVersion.objects.filter(procedure_id=decision.procedure_id)
    return int(found.order_by("-pk").values_list("pk", flat=True)[0])


def _articles(what: str, number: int) -> str:
    return (
        f"Điều 1. {what} cho {number} trường hợp có tên trong danh sách kèm theo.\n"
        "Điều 2. Các đơn vị, cá nhân có liên quan và người có tên trong danh sách chịu trách nhiệm"
        " thi hành Quyết định này.\n"
        "Điều 3. Quyết định có hiệu lực kể từ ngày ký. Người có tên trong danh sách nhận bản trích"
        " phần về mình."
    )


def _rows(lines: Sequence[Listed], said: Sequence[Words]) -> str:
    rows = [
        f"| {line.place} | {_cell(one['name'])} | {_cell(one['place'])} |"
        f" {_cell(one['words'])} | {line.dossier.code} |"
        for line, one in zip(lines, said, strict=True)
    ]
    heads = " | ".join((*COLUMNS, "Hồ sơ"))
    return "\n".join([f"| {heads} |", "|---|---|---|---|---|", *rows])


def _cell(value: str) -> str:
    return value.replace("|", " ").replace("\n", " ").replace("*", " ")
