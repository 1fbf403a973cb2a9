"""What goes in and out of the interface. Written by `./run client`; do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class AbsenceBody(TypedDict):
    """Who is away on which days, and why; open work is shared by the rules of the unit or stays."""

    username: str
    kind: AbsenceKind
    valid_from: str
    valid_to: str
    note: NotRequired[str]
    shares_work: NotRequired[bool]


AbsenceKind = Literal["sick", "leave", "mission", "other"]


class AbsenceOut(TypedDict):
    """One absence, for the officer and those who lead where he sits."""

    number: int
    name: str
    kind: str
    note: str
    valid_from: str
    valid_to: str
    shares_work: bool
    given_at: str
    given_by_name: str
    ended_at: str | None


class ActBody(TypedDict):
    """One act on an open step."""

    comment: NotRequired[str]


class AgencyOut(TypedDict):
    """One living agency."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    place_code: str


class AgendaEntryBody(TypedDict):
    """An entry as it is proposed or changed."""

    day: str
    starts: str
    ends: NotRequired[str | None]
    title: str
    place: NotRequired[str]
    chair_name: NotRequired[str]
    chair_username: NotRequired[str]
    who: NotRequired[str]
    prepared_by: NotRequired[str]
    car: NotRequired[str]
    note: NotRequired[str]
    is_public: NotRequired[bool]


class AnswerBody(TypedDict):
    """The answer to a question."""

    agrees: bool
    answer: NotRequired[str]


class AnsweredBody(TypedDict):
    """Which recipients answered by a way nobody tells the system of, and with what."""

    places: list[int]
    words: str


class AnswersBody(TypedDict):
    """What was typed on one page of the form, by the names of its fields."""

    answers: dict[str, Any]


class AnswersCorrectionBody(TypedDict):
    """Answers put right after the applicant found the draft wrong."""

    answers: dict[str, Any]
    reason: str


class ApologyBody(TypedDict):
    """The new moment, and why the first was missed."""

    new_due_at: str
    reason: str


ApplicantKind = Literal["citizen", "enterprise", "agency", "organisation"]


class ArrivalBody(TypedDict):
    """A document that came in."""

    subject: str
    issuer_name: str
    kind_name: NotRequired[str]
    number: NotRequired[str]
    notation: NotRequired[str]
    issued_on: NotRequired[str | None]
    issuer_code: NotRequired[str]
    signer_name: NotRequired[str]
    due_on: NotRequired[str | None]
    agency_code: str
    unit_code: str
    source: NotRequired[Source]
    files: NotRequired[list[DocumentFileBody]]


class AskedOut(TypedDict):
    """One open question to the units one works in."""

    code: str
    seq: int
    question: str
    asked_by_name: str
    asked_at: str
    due_at: str
    applicant_name: str
    unit_code: str


class AssignBody(TypedDict):
    """Who gets a step."""

    username: str
    note: NotRequired[str]


class AssignPartBody(TypedDict):
    """To which unit of the agency a part goes, or to which person of it."""

    unit_code: str
    username: NotRequired[str]
    note: NotRequired[str]


AssignmentWay = Literal["turn", "load", "area"]


class AtHandOut(TypedDict):
    """One paper, or outcome, of an earlier dossier; its key names it."""

    key: str
    code: str
    is_outcome: bool
    name: str
    on: str
    file_name: str


class AttachBody(TypedDict):
    """A finished upload, and the paper it is."""

    spec_code: str
    upload_token: str
    name: str


class BegunOut(TypedDict):
    """How the payer goes on: an address, the payload of a QR code, or words."""

    url: str
    qr: str
    words: str


class BookLineOut(TypedDict):
    """One number of a book: its legal columns; `code` where the reader may know the document."""

    ordinal: int
    cells: list[str]
    code: str
    is_cancelled: bool


class BookLinesOut(TypedDict):
    """Lines of a book in order of number; `next` is what to send as `above`, 0 at the end."""

    columns: list[str]
    rows: list[BookLineOut]
    next: int


class BookOut(TypedDict):
    """One book of a registry: what a series holds in one year."""

    id: int
    name: str
    direction: str
    year: int
    latest: int
    closed_at: str | None


class CameBody(TypedDict):
    """Whether a seat was taken, and how it voted."""

    seq: int
    is_present: bool
    vote: NotRequired[str]


class CaseBody(TypedDict):
    """Which case of the procedure, and who decides."""

    case_code: str
    agency_code: str


class CaseFoundOut(TypedDict):
    """The case the facts lead to, nothing while it is open."""

    case_code: str
    name: str


class CaseOut(TypedDict):
    """One case of a procedure, and how long it takes by each way of filing."""

    code: str
    name: str
    limits: dict[str, str]


class CertLineBody(TypedDict):
    """One original, and how many copies of it were certified."""

    paper_name: str
    pages: int
    copies: int


class CertificateShown(TypedDict):
    """How one certificate of a chain stood when it signed, and stands at the moment of judging."""

    role: str
    name: str
    sha256: str
    then: str
    now: str
    known_by: str
    der: NotRequired[str]


class CertificationLineOut(TypedDict):
    """One line of the book of certified copies: one paper, however many copies of it."""

    number: int
    certified_on: str
    applicant_name: str
    paper_name: str
    signed_by: str
    copies: int
    paid_vnd: int
    note: str


class CertifyBody(TypedDict):
    """Copies certified in one act."""

    desk_code: str
    applicant_name: str
    lines: list[CertLineBody]
    receipt_number: NotRequired[str]


Channel = Literal["cash", "transfer", "vnpay", "vnpt_pay", "national", "cod", "paper"]


class ChaseBody(TypedDict):
    """Which recipients, by their numbers in the document, and what they are told."""

    places: list[int]
    words: NotRequired[str]


class ChoiceOut(TypedDict):
    """One answer to a question of the case finder."""

    value: str
    label: str


class ClosingBody(TypedDict):
    """On which day the matter was done."""

    ended_on: str


class CodeOut(TypedDict):
    """One code, in force for some days."""

    code: str
    name: str
    description: str
    valid_from: str
    valid_to: str | None


class ConfirmBody(TypedDict):
    """Whether a draft of the result is right, and what is wrong with it."""

    is_right: bool
    comment: NotRequired[str]


class ConsultationOut(TypedDict):
    """One question to another unit or body, and its answer."""

    seq: int
    unit_id: int | None
    outside_body: str
    question: str
    asked_at: str
    due_at: str
    answered_at: str | None
    answered_by_name: str
    agrees: bool | None
    answer: str


CopyKind = Literal["original", "copy", "electronic", "data"]


class CorrectionBody(TypedDict):
    """What was received wrongly: fields by name, and why they change."""

    changes: dict[str, str | int]
    reason: str


class CountersignatureBody(TypedDict):
    """A signature over the text of a head, in base64."""

    signature: str


class CountersignedOut(TypedDict):
    """Whose signature it was."""

    name: str


class CountsOut(TypedDict):
    """What one agency did in a period, in numbers of dossiers."""

    agency_code: str
    name: str
    received: int
    filed_online: int
    resolved: int
    resolved_late: int
    resolved_online: int
    resolved_online_late: int
    rated: int
    satisfied: int


class DeliveryOut(TypedDict):
    """One message; `message_id` is the same however often it is sent."""

    message_id: str
    kind: str
    subject: str
    happened_at: str
    state: TellingState
    attempts: int
    next_try_at: str
    told_at: str | None
    answers: list[HookAnswerOut]


class DeliveryPage(TypedDict):
    """Messages, the newest first; `next` is what to send as `before`, 0 at the end."""

    rows: list[DeliveryOut]
    next: int


Direction = Literal["in", "out", "internal"]


class DirectiveBody(TypedDict):
    """A directive on a document."""

    words: str
    lines: NotRequired[list[DirectiveLineBody]]
    due_at: NotRequired[str | None]


class DirectiveLineBody(TypedDict):
    """One unit named in a directive, and its part."""

    part: ScopeRole
    unit_code: str
    words: NotRequired[str]
    due_at: NotRequired[str | None]


class DocumentFileBody(TypedDict):
    """A file of a document, sent as an upload before."""

    upload_token: str
    name: str
    role: NotRequired[FileRole]


class DocumentFileOut(TypedDict):
    """One file of a document."""

    seq: int
    role: str
    name: str
    description: str
    at: str
    is_gone: bool


class DocumentMoveOut(TypedDict):
    """One act on a document."""

    seq: int
    at: str
    act: str
    was: str
    state: str
    by_name: str
    note: str


class DocumentOut(TypedDict):
    """One document with its files, steps, recipients and history."""

    document: DocumentRowOut
    files: list[DocumentFileOut]
    steps: list[DocumentStepOut]
    moves: list[DocumentMoveOut]
    recipients: list[RecipientOut]


class DocumentPage(TypedDict):
    """One page of documents; the cursors lead on, there is no total."""

    rows: list[DocumentRowOut]
    next: NotRequired[str]
    previous: NotRequired[str]


class DocumentRowOut(TypedDict):
    """One document as a list shows it."""

    code: str
    direction: str
    state: str
    kind_name: str
    number: str
    notation: str
    issued_on: str | None
    issuer_name: str
    subject: str
    urgency: int
    due_on: str | None
    ordinal: int | None
    registered_at: str | None


class DocumentStepOut(TypedDict):
    """One step of a document."""

    seq: int
    kind: str
    assignee_name: str
    words: str
    opened_at: str
    due_at: str
    closed_at: str | None
    result: str


class DocumentStepPage(TypedDict):
    """One page of open steps, the most urgent first."""

    rows: list[DocumentStepRowOut]
    next: NotRequired[str]
    previous: NotRequired[str]


class DocumentStepRowOut(TypedDict):
    """One open step as a work list shows it."""

    code: str
    seq: int
    kind: str
    unit_code: str
    assignee_name: str
    words: str
    opened_at: str
    due_at: str


class DossierOut(TypedDict):
    """A dossier as lists show it. Moments carry their offset."""

    code: str
    status: Status
    national_status: int
    procedure_id: int
    applicant_name: str
    channel: FilingChannel
    submitted_at: str
    received_at: str | None
    due_at: str | None
    due_originally_at: str | None
    version: int


class DossierPage(TypedDict):
    """One page of dossiers; the cursors lead on, there is no total."""

    rows: list[DossierOut]
    next: NotRequired[str]
    previous: NotRequired[str]


class DraftOut(TypedDict):
    """A draft as it stands."""

    token: str
    procedure_id: int
    case_code: str
    page: int
    answers: dict[str, Any]
    papers: list[DraftPaperOut]
    saved_at: str
    filed_code: str


class DraftPaperOut(TypedDict):
    """One attached file; its place in the list names it."""

    spec_code: str
    file_name: str


class DraftPartiesBody(TypedDict):
    """Who applies, who files, and how the result comes back."""

    parties: list[DraftPartyBody]
    submitter: DraftSubmitterBody
    applicant_kind: NotRequired[ApplicantKind | None]
    return_way: NotRequired[ReturnWay]
    return_address: NotRequired[str]
    summary: NotRequired[str]


class DraftPartyBody(TypedDict):
    """One person or organisation; the first one applies."""

    role: NotRequired[PartyRole]
    full_name: str
    birth_date: NotRequired[str]
    note: NotRequired[str]


class DraftSubmitterBody(TypedDict):
    """Who files."""

    name: str
    phone: NotRequired[str]
    email: NotRequired[str]
    address: NotRequired[str]


class DueBody(TypedDict):
    """A limit, and when it begins."""

    amount: int
    unit: NotRequired[LimitUnit]
    start: str
    agency_code: NotRequired[str]


class DueChangeOut(TypedDict):
    """One change of the promised moment."""

    seq: int
    kind: str
    at: str
    due_was: str | None
    due_now: str
    ground: str


class DueOfOtherBody(TypedDict):
    """A notice of another body, as of the tax authority on land."""

    body_name: str
    notice_number: str
    notice_on: str
    name: str
    amount_vnd: int
    due_on: NotRequired[str | None]


class DueOfOtherOut(TypedDict):
    """What another body asks for a dossier: paid there, noted here."""

    code: str
    body_name: str
    notice_number: str
    notice_on: str
    name: str
    amount_vnd: int
    due_on: str | None
    state: str
    evidence_number: str
    evidence_on: str | None


class DueOut(TypedDict):
    """When the answer is due, and why."""

    due_at: str
    reason: str


class EntrustBody(TypedDict):
    """Who goes on with the file."""

    username: str


class EntryCorrectionBody(TypedDict):
    """What the register is to say, and why it changes."""

    subject: str
    issuer_name: str
    kind_name: NotRequired[str]
    number: NotRequired[str]
    notation: NotRequired[str]
    issued_on: NotRequired[str | None]
    issuer_code: NotRequired[str]
    signer_name: NotRequired[str]
    due_on: NotRequired[str | None]
    reason: str


class EntryReasonBody(TypedDict):
    """Why an entry is not to be, or no more."""

    reason: str


class EntryRowOut(TypedDict):
    """One entry of a week."""

    code: str
    state: str
    unit_code: str
    day: str
    starts: str
    ends: str | None
    title: str
    place: str
    chair_name: str
    who: str
    prepared_by: str
    note: str
    is_public: bool
    decision: str
    clashes: list[str]


class EvidenceBody(TypedDict):
    """By which paper one knows that a due was paid there, or (`is_lifted`) need not be."""

    number: str
    on: str
    words: NotRequired[str]
    is_lifted: NotRequired[bool]


class ExplainedOut(TypedDict):
    """How far a dossier is, and why it is due when it is, in words for its applicant."""

    code: str
    per_cent: int
    word: str
    due_at: str | None
    reason: str
    detail: str


class ExtensionDecisionBody(TypedDict):
    """What the giver says to a request for more time."""

    is_granted: bool
    words: NotRequired[str]
    due_at: NotRequired[str | None]


class FactsBody(TypedDict):
    """What is known of a filing: answers to questions or to the form."""

    facts: NotRequired[dict[str, str | int | bool]]


class FeeBody(TypedDict):
    """One amount, by the line of the procedure."""

    line_code: str
    name: str
    kind: LineKind
    amount_vnd: int
    receipt_number: NotRequired[str]
    reason: NotRequired[str]
    quantity: NotRequired[int]


class FeeOut(TypedDict):
    """What one line comes to, and why."""

    name: str
    kind: str
    quantity: int
    amount_vnd: int
    reason: str


class FeesAskedBody(TypedDict):
    """For what the fees are reckoned."""

    case_code: str
    channel: NotRequired[FilingChannel]
    facts: NotRequired[dict[str, str | int | bool]]


class FeesBody(TypedDict):
    """Amounts asked for or taken."""

    fees: list[FeeBody]


class FiguresOut(TypedDict):
    """Figures of a period, and until when every move is counted in them."""

    first: str
    last: str
    as_of: str
    agencies: list[CountsOut]


class FileItemBody(TypedDict):
    """What is put in: a document, dossier or task by its code, or a file sent as an upload."""

    kind: str
    ref: NotRequired[str]
    title: NotRequired[str]
    day: NotRequired[str | None]
    notation: NotRequired[str]
    author: NotRequired[str]
    pages: NotRequired[int | None]
    upload_token: NotRequired[str]
    file_name: NotRequired[str]
    note: NotRequired[str]


class FileItemOut(TypedDict):
    """One thing in a work file; `ref` is the code of a document, dossier or task."""

    seq: int
    kind: str
    ref: str
    title: str
    notation: str
    author: str
    day: str | None
    pages: int | None
    note: str
    has_file: bool


FileRole = Literal["main", "attachment", "draft", "reply", "stamped"]


class Filed(TypedDict):
    """The official code of what was filed."""

    code: str


class FilingBody(TypedDict):
    """One application."""

    procedure_code: str
    case_code: str
    agency_code: str
    parties: list[PartyBody]
    answers: NotRequired[dict[str, Any]]
    papers: NotRequired[list[PaperBody]]
    submitter_name: NotRequired[str]
    submitter_phone: NotRequired[str]
    return_way: NotRequired[ReturnWay]
    summary: NotRequired[str]


FilingChannel = Literal["counter", "portal", "post"]


class GivenReasonOut(TypedDict):
    """How often one reason was given in one procedure; `changed` of them in other words."""

    procedure_code: str
    procedure_name: str
    kind: str
    title: str
    uses: int
    changed: int
    subjects: int


Ground = Literal["supplement", "payment", "tax_authority", "posting", "own_work", "outside_body"]


class GuidanceBody(TypedDict):
    """What is still to be added, and by when."""

    items: list[ItemBody]
    answer_by: NotRequired[str | None]


class HandOverBody(TypedDict):
    """Dossiers that go to another unit on one list."""

    codes: list[str]
    to_unit_code: str
    note: NotRequired[str]


class HandOverOut(TypedDict):
    """One numbered list between two units, with the dossiers that stand on it."""

    number: str
    from_unit_code: str
    to_unit_code: str
    made_at: str
    made_by_name: str
    taken_at: str | None
    taken_by_name: str
    note: str
    codes: list[str]


class HandOverRowOut(TypedDict):
    """One numbered list between two units, as lists show it."""

    number: str
    from_unit_code: str
    to_unit_code: str
    made_at: str
    made_by_name: str
    taken_at: str | None
    taken_by_name: str
    note: str


class HandingBody(TypedDict):
    """To whom the outcome was given and how that was checked."""

    handed_to: str
    handed_how: NotRequired[str]
    way: NotRequired[ReturnWay]


class HeadOut(TypedDict):
    """One head: the text that is signed, and who signed it."""

    size: int
    root: str
    at: str
    previous: int
    text: str
    signatures: list[SignatureOut]


class HeldOut(TypedDict):
    """Whether a meeting was held; if not, it is called again."""

    is_held: bool


class HookAnswerOut(TypedDict):
    """What came back once. `status` 0: nothing did."""

    at: str
    status: int
    took_ms: int
    text: str
    trouble: str


class HookBody(TypedDict):
    """What is told, and where. No kinds: all of them; no agencies: whatever one may see."""

    url: str
    name: NotRequired[str]
    kinds: NotRequired[list[str]]
    agencies: NotRequired[list[str]]


class HookKindOut(TypedDict):
    """One kind of news."""

    kind: str
    label: str


class HookOut(TypedDict):
    """One subscription; its secret is never shown again."""

    code: str
    name: str
    url: str
    kinds: list[str]
    agencies: list[str]
    state: SubscriptionState
    created_at: str
    tried_at: str | None
    failing_since: str | None
    trouble: str


Indication = Literal["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED", "UNSIGNED"]


class IssuedOut(TypedDict):
    """One official paper issued to the applicant; its form is the number of the mẫu."""

    seq: int
    form: str
    number: str
    issued_at: str
    by_name: str


class ItemBody(TypedDict):
    """One thing to add or correct, with its reason."""

    what: str
    reason: str
    spec_code: NotRequired[str]


LimitUnit = Literal["working_day", "calendar_day", "month", "working_hour", "half_day", "same_day"]


LineKind = Literal["fee", "charge", "other"]


class LineOut(TypedDict):
    """One amount of an order."""

    name: str
    amount_vnd: int


class ListOut(TypedDict):
    """One list of codes."""

    code: str
    name: str


class LongerLimitBody(TypedDict):
    """Why the limit is extended."""

    ground: str


class MandateEntryOut(TypedDict):
    """One line of what was done under a mandate; `about` is the code of a dossier or procedure."""

    number: int
    mandate_number: int
    at: str
    word: str
    by_name: str
    about: str


class MandateOut(TypedDict):
    """One consent: who lets whom act, how far, until when."""

    number: int
    kind: str
    client_name: str
    agent_name: str
    proof: str
    may_receive: bool
    may_pay: bool
    sees_all: bool
    procedure_codes: list[str]
    sector_codes: list[str]
    valid_from: str
    valid_to: str | None


class MeetingBody(TypedDict):
    """When and where a council meets, about what, with whom."""

    planned_at: str
    place: str
    about: NotRequired[str]
    seats: list[SeatBody]


class MeetingMinutesBody(TypedDict):
    """Who came and how they voted, what was said, what was found."""

    came: list[CameBody]
    minutes: str
    found: NotRequired[dict[str, Any]]


class MeetingOut(TypedDict):
    """One meeting of a council about a dossier; empty `is_held`: it is still to come."""

    seq: int
    step_code: str
    name: str
    planned_at: str
    place: str
    about: str
    convened_by_name: str
    is_held: bool | None
    closed_at: str | None
    closed_by_name: str
    minutes: str
    found: dict[str, Any]
    seats: list[SeatOut]


class MessageBody(TypedDict):
    """A message to the other side."""

    text: str


class MessageOut(TypedDict):
    """One message between the applicant and the office."""

    seq: int
    side: str
    at: str
    by_name: str
    text: str
    read_at: str | None


class MinutesBody(TypedDict):
    """What was found on a visit."""

    minutes: str
    photos: NotRequired[list[PhotoBody]]


class MorePartsBody(TypedDict):
    """Who else leads or helps."""

    leads: NotRequired[list[PartBody]]
    together: NotRequired[list[PartBody]]


class MoreTimeBody(TypedDict):
    """More time asked for."""

    due_asked: str
    reason: str


class MoveOut(TypedDict):
    """One act on a dossier."""

    seq: int
    at: str
    act: str
    was: str
    status: str
    by_name: str
    note: str


class NewApplicationBody(TypedDict):
    """Which procedure is applied for."""

    procedure_code: str


class NewDraftBody(TypedDict):
    """A document that is written here, as a file."""

    agency_code: str
    unit_code: str
    kind: int
    subject: str
    text: NotRequired[str]
    upload_token: NotRequired[str]
    file_name: NotRequired[str]
    answers: NotRequired[str]


class NewEntryBody(TypedDict):
    """An entry, and the unit that proposes it."""

    day: str
    starts: str
    ends: NotRequired[str | None]
    title: str
    place: NotRequired[str]
    chair_name: NotRequired[str]
    chair_username: NotRequired[str]
    who: NotRequired[str]
    prepared_by: NotRequired[str]
    car: NotRequired[str]
    note: NotRequired[str]
    is_public: NotRequired[bool]
    unit_code: str


class NewHookOut(TypedDict):
    """A new subscription with the secret that signs its messages: keep it now."""

    code: str
    name: str
    url: str
    kinds: list[str]
    agencies: list[str]
    state: SubscriptionState
    created_at: str
    tried_at: str | None
    failing_since: str | None
    trouble: str
    secret: str


class NewWorkFileBody(TypedDict):
    """A work file to be opened; `retention_years` as the list of retention says."""

    title: str
    retention_years: int
    unit_code: str
    symbol: NotRequired[str]
    note: NotRequired[str]


class NoteBody(TypedDict):
    """A remark."""

    note: NotRequired[str]


class OfferedReasonOut(TypedDict):
    """One reason of the library in words for this dossier; those of a missing paper come first."""

    title: str
    words: str
    legal_basis: str
    paper_code: str
    is_for_missing: bool


class OrderOut(TypedDict):
    """What is asked for a dossier, how it stands, and how it can be paid."""

    code: str
    state: str
    amount_vnd: int
    paid_vnd: int
    payer_name: str
    expires_at: str | None
    lines: list[LineOut]
    ways: list[WayOut]
    words: str


class OtherLimitBody(TypedDict):
    """Another limit, and why."""

    due_at: str
    reason: str


class OutcomeBody(TypedDict):
    """A draft of the outcome: by the version's own text, its Word template, or a file."""

    outcome: NotRequired[OutcomeKind]
    reason: NotRequired[str]
    comment: NotRequired[str]
    spec_codes: NotRequired[list[str]]
    serial: NotRequired[str]
    entries: NotRequired[dict[str, Any]]
    upload_token: NotRequired[str]
    file_name: NotRequired[str]
    from_template: NotRequired[bool]
    on_paper: NotRequired[bool]


class OutcomeChangeBody(TypedDict):
    """What a decision does to an outcome; `successor`: the dossier whose outcome replaces it."""

    state: Literal["corrected", "replaced", "revoked"]
    decision_number: str
    decided_on: str
    reason: str
    successor: NotRequired[str]


OutcomeKind = Literal["granted", "refused"]


class OutcomeOut(TypedDict):
    """One result."""

    name: str
    result_code: str
    kind: str
    number: str
    decided_at: str | None
    valid_until: str | None


class PaperBody(TypedDict):
    """One paper handed in; files are sent beforehand and named by their number."""

    spec_code: str
    name: NotRequired[str]
    kind: NotRequired[CopyKind]
    quantity: NotRequired[int]
    upload_token: NotRequired[str]


class PaperOut(TypedDict):
    """One paper handed in; with a file where `has_file`."""

    seq: int
    spec_code: str
    name: str
    kind: str
    quantity: int
    state: str
    file_name: str
    has_file: bool
    added_at: str
    added_by_name: str


class PaperSpecOut(TypedDict):
    """One paper the law lists."""

    code: str
    name: str
    originals: int
    copies: int
    must_be_signed: bool
    note: str


class PartBody(TypedDict):
    """Who leads or helps, and what is asked of them."""

    unit_code: str
    words: NotRequired[str]
    due_at: NotRequired[str | None]


class PartyBody(TypedDict):
    """One person or organisation of the application."""

    role: NotRequired[PartyRole]
    full_name: str
    birth_date: NotRequired[str | None]
    note: NotRequired[str]


class PartyOut(TypedDict):
    """One person or organisation; numbers stay masked."""

    seq: int
    role: str
    full_name: str
    number_hint: str
    birth_date: str | None
    note: str


PartyRole = Literal["applicant", "submitter", "subject", "related"]


class PayBody(TypedDict):
    """By which way to pay."""

    channel: Channel


class PhotoBody(TypedDict):
    """A picture, sent as an upload before."""

    upload_token: str
    name: str


class PlaceOut(TypedDict):
    """One place as it was on the day asked for."""

    code: str
    name: str
    kind: str
    valid_from: str
    valid_to: str | None


class Problem(TypedDict):
    """What went wrong, in the form of RFC 9457."""

    type: NotRequired[str]
    title: str
    status: int
    detail: str
    reference: NotRequired[str]
    errors: NotRequired[dict[str, str]]


class ProcedureOut(TypedDict):
    """One procedure as found."""

    code: str
    name: str
    plain_name: str
    level: str
    service_level: str
    can_be_filed: bool
    can_be_filed_online: bool


class ProcedureWholeOut(TypedDict):
    """One procedure as its page shows it."""

    code: str
    name: str
    plain_name: str
    sector_name: str
    conditions: str
    is_fileable_online: bool
    agency_codes: list[str]
    cases: list[CaseOut]
    questions: list[QuestionOut]
    papers: list[PaperSpecOut]
    form_fields: list[str]
    answers_schema: NotRequired[dict[str, Any]]


class ProgressBody(TypedDict):
    """How far a part is."""

    percent: int
    words: str


class ProofOut(TypedDict):
    """The hashes of a proof in base64, after RFC 9162."""

    hashes: list[str]


class ProposalBody(TypedDict):
    """One finished step, with the proposed outcome where there is one."""

    comment: NotRequired[str]
    outcome: NotRequired[OutcomeKind | None]
    reason: NotRequired[str]


class QuestionBody(TypedDict):
    """A question to a unit, or to a body outside the system."""

    question: str
    due_at: str
    unit_code: NotRequired[str]
    outside_body: NotRequired[str]


class QuestionOut(TypedDict):
    """One question that leads a citizen to their case."""

    name: str
    text: str
    choices: list[ChoiceOut]


class RatingBody(TypedDict):
    """How satisfied the applicant is, in three levels each (1 to 3)."""

    overall: int
    convenience: int
    timeliness: int
    attitude: int
    comment: NotRequired[str]


class ReasonBody(TypedDict):
    """Why."""

    reason: NotRequired[str]


ReasonKind = Literal["supplement", "refusal", "suspension", "apology", "send_back", "correction"]


class RecallBody(TypedDict):
    """Why a document is recalled, and from whom; from everybody if nobody is named."""

    reason: str
    only_codes: NotRequired[list[str]]


class ReceiptOut(TypedDict):
    """One receipt that was numbered."""

    code: str
    number: int | None
    issued_on: str | None
    amount_vnd: int
    payer_name: str
    state: str
    is_signed: bool


class ReceptionBody(TypedDict):
    """One application taken in at a desk."""

    procedure_code: str
    case_code: str
    agency_code: str
    parties: list[PartyBody]
    answers: NotRequired[dict[str, Any]]
    papers: NotRequired[list[PaperBody]]
    submitter_name: NotRequired[str]
    submitter_phone: NotRequired[str]
    return_way: NotRequired[ReturnWay]
    summary: NotRequired[str]
    desk_code: str
    channel: NotRequired[FilingChannel]
    legal_at: NotRequired[str | None]
    outside_code: NotRequired[str]


class RecipientBody(TypedDict):
    """To whom a document goes: an agency of the province by its code, or anybody by name."""

    name: NotRequired[str]
    way: NotRequired[Way]
    agency_code: NotRequired[str]
    code: NotRequired[str]


class RecipientOut(TypedDict):
    """One recipient of a document."""

    seq: int
    name: str
    way: str
    code: str


class RecipientsBody(TypedDict):
    """To whom a document goes."""

    recipients: list[RecipientBody]


class RedoneBody(TypedDict):
    """How a wrongly received dossier should have been received, and why it is redone."""

    procedure_code: str
    case_code: str
    agency_code: str
    parties: list[PartyBody]
    answers: NotRequired[dict[str, Any]]
    papers: NotRequired[list[PaperBody]]
    submitter_name: NotRequired[str]
    submitter_phone: NotRequired[str]
    return_way: NotRequired[ReturnWay]
    summary: NotRequired[str]
    reason: str
    channel: NotRequired[FilingChannel]


class RefusalBody(TypedDict):
    """Why a dossier is not received."""

    reason: str
    basis: str


class RegisterBody(TypedDict):
    """Before whom a registered document goes, if it goes on at once."""

    to_unit_code: NotRequired[str]
    words: NotRequired[str]


class RegisterLineOut(TypedDict):
    """One line of the follow-up register of a desk."""

    serial: int
    code: str
    procedure_name: str
    sets: int
    applicant_name: str
    contact: str
    competent_unit: str
    received_at: str
    due_at: str | None
    outcome_received_at: str | None
    returned_at: str | None
    return_way: str
    received_by: str
    note: str


class RemindBody(TypedDict):
    """What those who should deal with a document are told."""

    words: NotRequired[str]


class ReplayBody(TypedDict):
    """From which moment on, and until before which, everything is told again."""

    since: str
    until: NotRequired[str | None]


class Replayed(TypedDict):
    """How many messages are told again."""

    count: int


class Report(TypedDict):
    """What there is to say of one file."""

    sha256: str
    size: int
    verdict: Verdict
    signatures: NotRequired[list[SignatureShown]]
    unreadable: NotRequired[list[str]]
    pages: NotRequired[int]
    added_later: NotRequired[list[str]]
    warnings: NotRequired[list[str]]
    form: NotRequired[str]
    asked: NotRequired[list[str]]


ReturnWay = Literal["counter", "post", "electronic"]


class ReuseBody(TypedDict):
    """Which of what is at hand, and the paper it is."""

    spec_code: str
    key: str


class RevisionBody(TypedDict):
    """Another version of a draft: its text, or its Word file."""

    subject: NotRequired[str]
    text: NotRequired[str]
    upload_token: NotRequired[str]
    file_name: NotRequired[str]
    due_on: NotRequired[str | None]
    note: NotRequired[str]


class RouteBody(TypedDict):
    """Before which unit a document is brought."""

    unit_code: str
    words: NotRequired[str]


class RowBody(TypedDict):
    """One step of one dossier."""

    code: str
    step: str


class RowOut(TypedDict):
    """What became of one row."""

    code: str
    is_done: bool
    message: str


class RowsBody(TypedDict):
    """Steps that are finished, or decided, each by itself."""

    rows: list[RowBody]
    comment: NotRequired[str]


class RuleBody(TypedDict):
    """One officer's part in the assignment of new work; an area only where it is by area."""

    way: AssignmentWay
    username: str
    area: NotRequired[str]
    is_away: NotRequired[bool]


class RuleOut(TypedDict):
    """One officer's part in the assignment of new work."""

    way: str
    name: str
    area: str
    is_away: bool


class RulesBody(TypedDict):
    """How new work of a unit is assigned, in this order; none: it waits to be taken."""

    rules: NotRequired[list[RuleBody]]


ScopeRole = Literal["registry", "directing", "lead", "together", "know", "drafting", "above"]


class SeatBody(TypedDict):
    """One person asked to a meeting: of the council, or a party of the matter."""

    role: SeatRole
    name: str
    title: NotRequired[str]


class SeatOut(TypedDict):
    """One seat of a meeting; empty `is_present`: it is still to come."""

    seq: int
    role: str
    name: str
    title: str
    is_present: bool | None
    vote: str


SeatRole = Literal["chair", "secretary", "member", "party"]


class SecretOut(TypedDict):
    """A new secret; the one before signs beside it for a day."""

    secret: str


class SentBackBody(TypedDict):
    """Why a step returns to the receiving desk."""

    reason: str


class SettledBody(TypedDict):
    """What came of an opinion: taken, or why not."""

    is_taken: bool
    answer: NotRequired[str]


class SeveralBody(TypedDict):
    """Several applications of one person, received in one go."""

    desk_code: str
    channel: NotRequired[FilingChannel]
    applications: list[FilingBody]


class SeveralOut(TypedDict):
    """The official codes, in the order of the applications."""

    codes: list[str]


class ShareBody(TypedDict):
    """Whose open work in a unit is shared out among whom."""

    unit_code: str
    from_username: str
    to_usernames: list[str]
    note: NotRequired[str]


class SharedOut(TypedDict):
    """How many pieces of work changed hands."""

    count: int


class SignInBody(TypedDict):
    """The name and password of a partner's account."""

    username: str
    password: str


class SignatureOut(TypedDict):
    """One signature under a head; key and signature in base64."""

    name: str
    kind: str
    key: str
    signature: str
    at: str


class SignatureShown(TypedDict):
    """One signature of a document: who, when, what it covers, and what it is worth."""

    field_name: str
    role: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    certificate_sha256: str
    valid_from: str
    valid_to: str
    then: str
    now: str
    claimed_at: str | None
    proven_at: str | None
    proven_by: str
    level: str
    algorithm: str
    covers: str
    changes: list[str]
    warnings: list[str]
    trust: TrustShown
    verdict: Verdict
    certificates: NotRequired[list[CertificateShown]]
    numbers: NotRequired[list[str]]
    holder: NotRequired[list[str] | None]


Source = Literal["axis", "inside", "email", "hand", "post", "import"]


Status = Literal[
    "submitted",
    "received",
    "refused",
    "processing",
    "awaiting_applicant",
    "awaiting_payment",
    "withdrawn",
    "stopped",
    "resolved",
    "returned",
]


class StepOut(TypedDict):
    """One opening of one step."""

    seq: int
    code: str
    kind: str
    round: int
    opened_at: str
    due_at: str
    closed_at: str | None
    assignee_name: str
    result: str


class StopBody(TypedDict):
    """Why the handling stops, and where the law says so."""

    ground: str
    basis: str


Stream = Literal["dossiers", "moves", "documents", "tasks", "orders"]


SubscriptionState = Literal["on", "paused", "failing", "ended"]


class SupplementBody(TypedDict):
    """What is to be added after receipt; a further request says who allowed it and why."""

    items: list[ItemBody]
    answer_by: NotRequired[str | None]
    approval_reason: NotRequired[str]


class SupplementItemOut(TypedDict):
    """One thing to add or correct."""

    seq: int
    request_seq: int
    spec_code: str
    what: str
    reason: str


class SupplementOut(TypedDict):
    """One request to add something."""

    seq: int
    number: str
    asked_at: str
    by_name: str
    until_at: str | None
    supplied_at: str | None


class SupplyBody(TypedDict):
    """Papers and corrected answers that were asked for."""

    papers: NotRequired[list[PaperBody]]
    answers: NotRequired[dict[str, Any]]


class TakenOut(TypedDict):
    """One amount that was paid, and what of it was kept."""

    order_code: str
    name: str
    kind: str
    amount_vnd: int
    kept_vnd: int
    receipt_number: str
    taken_at: str


class TakenOutBody(TypedDict):
    """Why something does not belong there."""

    reason: str


class TallyOut(TypedDict):
    """One field of service in the report of a unit."""

    name: str
    carried_over: int
    received_online: int
    received_otherwise: int
    settled_early: int
    settled_on_time: int
    settled_late: int
    open_in_time: int
    open_late: int
    ended_otherwise: int


class TaskBody(TypedDict):
    """A task to be given."""

    title: str
    words: NotRequired[str]
    agency_code: str
    lead_unit_code: str
    together: NotRequired[list[PartBody]]
    due_at: NotRequired[str | None]


class TaskListOut(TypedDict):
    """One page of tasks; the cursors lead on, there is no total."""

    rows: list[TaskRowOut]
    next: NotRequired[str]
    previous: NotRequired[str]


class TaskMoveOut(TypedDict):
    """One act on a task."""

    seq: int
    at: str
    act: str
    part_seq: int
    was: str
    state: str
    by_name: str
    note: str


class TaskOut(TypedDict):
    """One task with its parts and its history."""

    code: str
    title: str
    words: str
    state: str
    given_by_name: str
    given_at: str
    due_at: str
    parts: list[TaskPartOut]
    moves: list[TaskMoveOut]


class TaskPartOut(TypedDict):
    """Who takes part, and how far that is."""

    seq: int
    role: str
    unit_name: str
    account_name: str
    words: str
    state: str
    percent: int
    due_at: str


class TaskRowOut(TypedDict):
    """One task as a list shows it."""

    code: str
    title: str
    state: str
    given_at: str
    given_by_name: str
    due_at: str


class TaskWorkOut(TypedDict):
    """One open part as a work list shows it."""

    code: str
    seq: int
    title: str
    role: str
    unit_code: str
    account_name: str
    state: str
    percent: int
    due_at: str


class TaskWorkPage(TypedDict):
    """One page of open parts, the nearest limit first."""

    rows: list[TaskWorkOut]
    next: NotRequired[str]
    previous: NotRequired[str]


TellingState = Literal["waiting", "done", "dead", "hidden", "dropped"]


class Token(TypedDict):
    """A word to send as `Authorization: Bearer …`; it ends with its session."""

    token: str


class TrustShown(TypedDict):
    """Whether the chain of a certificate ends in an anchor of ours, in which, and why (not)."""

    is_trusted: bool
    anchor: str
    why: str


class UnitOut(TypedDict):
    """One living unit of an agency."""

    code: str
    name: str
    kind: str


class UpdateBody(TypedDict):
    """What is brought up to date at everybody who has the document."""

    reason: str
    due_on: str


class UploadBody(TypedDict):
    """A file that is about to come."""

    name: str
    size: int


class UploadOut(TypedDict):
    """Where an upload stands; it is complete when `offset` is `size`."""

    token: str
    name: str
    size: int
    offset: int


class Verdict(TypedDict):
    """One answer with its reason in ETSI's terms and in plain words."""

    indication: Indication
    sub: str
    words: str


class VisitBody(TypedDict):
    """An appointment in the field."""

    planned_at: str
    place: str
    who: NotRequired[str]


class VisitOut(TypedDict):
    """One visit to the field."""

    seq: int
    planned_at: str
    place: str
    who: str
    done_at: str | None
    minutes: str


class WaitBody(TypedDict):
    """For what the office waits; the version says what that does to the limit."""

    ground: Ground
    note: NotRequired[str]


class WaitOut(TypedDict):
    """One time in which the office waited, and what that does to the limit."""

    seq: int
    ground: str
    rule: str
    asked_at: str
    until_at: str | None
    supplied_at: str | None
    note: str


Way = Literal["inside", "axis", "site", "email", "paper", "post"]


class WayOut(TypedDict):
    """One way to pay."""

    channel: str
    label: str
    is_at_desk: bool


class WeekOut(TypedDict):
    """One week of an agency, in the order of its days."""

    agency_name: str
    monday: str
    published_at: str | None
    entries: list[EntryRowOut]


class WholeOut(TypedDict):
    """A dossier with its people, papers, timeline, waits, money and results."""

    dossier: DossierOut
    answers: dict[str, Any]
    flags: list[str]
    parties: list[PartyOut]
    papers: list[PaperOut]
    moves: list[MoveOut]
    steps: list[StepOut]
    outcomes: list[OutcomeOut]
    waits: list[WaitOut]
    due_changes: list[DueChangeOut]
    supplements: list[SupplementOut]
    supplement_items: list[SupplementItemOut]
    consultations: list[ConsultationOut]
    visits: list[VisitOut]
    issued: list[IssuedOut]
    messages: list[MessageOut]
    fees: list[TakenOut]


class WhyBody(TypedDict):
    """Why, or what came of it."""

    reason: str


class WordsBody(TypedDict):
    """What is said."""

    words: str


class WorkFileOut(TypedDict):
    """One work file with what lies in it, and what is missing before it can be closed."""

    work_file: WorkFileRowOut
    items: list[FileItemOut]
    missing: list[str]


class WorkFilePage(TypedDict):
    """One page of work files; the cursors lead on, there is no total."""

    rows: list[WorkFileRowOut]
    next: NotRequired[str]
    previous: NotRequired[str]


class WorkFileRowOut(TypedDict):
    """One work file as a list shows it."""

    code: str
    state: str
    symbol: str
    title: str
    year: int
    retention_years: int
    unit_code: str
    person_name: str
    documents: int
    closed_at: str | None
    due_on: str | None


class WorkOut(TypedDict):
    """One open step of a work list."""

    code: str
    step_seq: int
    step_code: str
    step_kind: str
    step_due_at: str
    applicant_name: str
    status: str
    due_at: str | None
    assignee_name: str


class WorkPage(TypedDict):
    """One page of a work list, the most urgent first."""

    rows: list[WorkOut]
    next: NotRequired[str]
    previous: NotRequired[str]
