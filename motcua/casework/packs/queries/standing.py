"""What a pack would change here, part by part, and what it names that there is not here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from motcua.casework.fees import api as fees
from motcua.casework.forms import api as forms
from motcua.casework.packs.choices import Turn
from motcua.casework.packs.errors import BadPack, Fault
from motcua.casework.packs.rules.contents import Pack
from motcua.casework.packs.rules.names import FEES, TABLE, TEMPLATE, TEMPLATES, TEXTS
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import VersionState
from motcua.casework.processes.api import DUTIES
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers

from .making import pack_of, table_version


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a pack against the same file of what stands here."""

    file: str
    turn: Turn
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a pack would change here; `seen` tells whether it is still so.

    `text_seen` and `tables_seen` say what drafts it would replace, for those who keep them.
    """

    parts: tuple[Part, ...]
    warnings: tuple[str, ...]
    replaces: tuple[str, ...]
    seen: str
    text_seen: str
    tables_seen: Mapping[str, str]

    @property
    def is_new(self) -> bool:
        """Say whether nothing of the procedure stands here."""
        return self.text_seen == procedures.NOTHING

    @property
    def is_same(self) -> bool:
        """Say whether nothing would change."""
        return all(part.turn == Turn.SAME for part in self.parts)

    @property
    def changes_text(self) -> bool:
        """Say whether the procedure's own text would change."""
        return any(part.file in TEXTS and part.turn != Turn.SAME for part in self.parts)

    def changes_table(self, code: str) -> bool:
        """Say whether a fee table would change."""
        return any(
            part.turn != Turn.SAME and (match := TABLE.fullmatch(part.file)) and match[1] == code
            for part in self.parts
        )


def standing_of(pack: Pack, *, on: date) -> Standing:
    """Return what the pack would change here and what is missing here for it.

    Costs: a few queries, and two for each fee table.
    """
    latest = _latest(pack.code)
    here = _here(latest, pack.code, on)
    warnings = [*_missing_here(pack, on), *_unready(pack)]
    replaces, tables_seen = _drafts_replaced(pack, latest)
    marks = [*([latest.digest] if latest else []), *tables_seen.values()]
    return Standing(
        tuple(_parts(pack, here)),
        tuple(warnings),
        tuple(replaces),
        sha256("\n".join(marks).encode()).hexdigest()[:32],
        latest.digest if latest else procedures.NOTHING,
        tables_seen,
    )


def check_words(pack: Pack) -> None:
    """Raises: BadPack for a Word template that is damaged or dangerous."""
    faults = []
    for outcome, content in pack.templates.items():
        try:
            papers.fields_of_word(content)
        except papers.TemplateRefused as error:
            faults.append(Fault(f"{TEMPLATES}/{outcome}.docx", str(error)))
    if faults:
        raise BadPack(*faults)


def _latest(code: str) -> procedures.ProcedureVersion | None:
    try:
        return procedures.latest_version(procedures.get_procedure(code).pk)
    except procedures.NoSuchProcedure:
        return None


def _here(latest: procedures.ProcedureVersion | None, code: str, on: date) -> Mapping[str, bytes]:
    """Return the pack of the latest version here, none where it cannot be one."""
    if latest is None or latest.unclear:
        return {}
    try:
        return pack_of(code, on=on, number=latest.number)
    except procedures.BadDefinition:
        return {}


def _parts(pack: Pack, here: Mapping[str, bytes]) -> Iterator[Part]:
    names = [name for name in pack.files if _is_content(name)]
    gone = [name for name in here if _is_content(name) and name not in pack.files]
    for name in names:
        now, was = pack.files[name], here.get(name)
        turn = Turn.NEW if was is None else Turn.SAME if was == now else Turn.CHANGED
        yield Part(name, turn, _shown(name, was), _shown(name, now))
    for name in gone:
        if name in TEXTS:
            yield Part(name, Turn.GONE, _shown(name, here[name]))


def _is_content(name: str) -> bool:
    return name in TEXTS or bool(TABLE.fullmatch(name) or TEMPLATE.fullmatch(name))


def _shown(name: str, content: bytes | None) -> str:
    return "" if content is None or name.endswith(".docx") else content.decode(errors="replace")


def _missing_here(pack: Pack, on: date) -> Iterator[str]:
    """Yield what the pack names that there is not here, each with what to do."""
    definition, tree = pack.definition, organisation.tree()
    sectors = {one.code: one.name for one in procedures.service_fields()}
    if definition.sector_code and definition.sector_code not in sectors:
        yield (
            f"Lĩnh vực “{definition.sector_name}” ({definition.sector_code}) chưa có ở đây: sẽ được"
            " thêm cùng bản thảo; nếu đã có dưới mã khác, hãy sửa “sector_code” trong bản thảo."
        )
    for code in definition.agency_codes:
        if tree.agency_by_code(code) is None:
            yield (
                f"Không có cơ quan mã “{code}” ở đây: hãy sửa “agency_codes” trong bản thảo trước"
                " khi công khai; bỏ trống thì mọi cơ quan cùng cấp đều giải quyết."
            )
    held = {duty for agency in tree.agencies() for duty in procedures.duties_of(agency.id)}
    steps = definition.process.steps if definition.process else ()
    for duty in sorted({step.duty for step in steps} - held - {"desk", "leadership"}):
        yield (
            f"Việc “{DUTIES.get(duty, duty)}” ({duty}) chưa giao cho đơn vị nào ở đây: lãnh đạo cơ"
            " quan sẽ nhận. Hãy giao ở Quản trị › Ai làm việc gì."
        )
    packed = {table.code for table in pack.tables}
    for line in definition.fees:
        if line.table and line.table not in packed and table_version(line.table, on=on) is None:
            yield (
                f"Khoản thu “{line.name}” dùng bảng thu “{line.table}” không có trong gói và không"
                " có ở đây: hãy lập và công bố bảng ấy trước khi công khai."
            )


def _unready(pack: Pack) -> Iterator[str]:
    """Yield what would stand in the way of publishing, although it can be kept as a draft."""
    form = pack.definition.form
    if form is not None:
        data = procedures.part_of(pack.text, "form")
        try:
            yield from forms.failing(form, forms.samples_of(data))
        except forms.BadForm as error:
            yield str(error)
    for table in pack.tables:
        wrong = fees.wrong_examples(table.model, [dict(one) for one in table.examples], table.basis)
        for fault in (*fees.faults_in(table.model), *wrong):
            yield f"{FEES}/{table.code}.dmn: {fault}"


def _drafts_replaced(
    pack: Pack, latest: procedures.ProcedureVersion | None
) -> tuple[list[str], dict[str, str]]:
    """Return in words which drafts a draft of the pack would replace, and the tables' marks."""
    words, marks = [], {}
    if latest is not None and latest.state == VersionState.DRAFT and latest.source != pack.text:
        who = latest.edited_by_name or "người khác"
        words.append(f"Bản thảo số {latest.number} của {who} sẽ bị thay bằng lời của gói.")
    for table in pack.tables:
        draft = fees.draft_of(table.code)
        marks[table.code] = draft.digest if draft else fees.NO_DRAFT
        if draft is not None:
            words.append(f"Dự thảo bảng thu “{table.code}” của {draft.edited_by_name} sẽ bị thay.")
    return words, marks
