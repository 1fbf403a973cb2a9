"""Ask authorities about certificates while somebody waits: all at once, ten seconds, few times.

What they answer is kept with its age and serves whoever asks next.

Source: docs/law/signatures.md
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from motcua.foundation.trust import ports
from motcua.foundation.trust.choices import AnswerKind, HolderKind
from motcua.foundation.trust.errors import NotACertificate, NotAnAnswer
from motcua.foundation.trust.models import Certificate, RevocationAnswer, Silence
from motcua.foundation.trust.queries.services import entered_hosts
from motcua.foundation.trust.queries.trusted import anchors_on
from motcua.foundation.trust.rules.asking import Allowed, Permit, Question, questions_about
from motcua.foundation.trust.rules.certificates import key_hash_of, read_certificate, read_crl
from motcua.foundation.trust.rules.revocation import StatusAnswer, question_about, read_answer
from motcua.lib import work
from motcua.lib.clock import local

from .certificates import keep_crl
from .evidence import keep_ocsp

SECONDS = 10.0
FRESH, REST = timedelta(hours=1), timedelta(minutes=5)
_AT_ONCE = 6
_LONGEST_ERROR = 300
_TOO_SLOW = "không trả lời trong thời gian cho phép"


@dataclass(frozen=True, slots=True)
class Said:
    """What came of one question: from where, an answer that can be believed, or why there is none.

    `at` is when the authority wrote it.
    """

    question: Question
    address: str
    at: datetime | None = None
    error: str = ""

    @property
    def words(self) -> str:
        """Return it as a sentence for the report."""
        name = read_certificate(self.question.der).subject_name
        host = urlsplit(self.address).netloc
        if self.at is None:
            return f"Đã hỏi {host} về “{name}”: {self.error[:1].lower()}{self.error[1:]}."
        return f"Đã hỏi {host} về “{name}”: trả lời lập lúc {local(self.at):%H:%M:%S %d/%m/%Y}."


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What came of asking: `at` is the moment at which all that came can be used."""

    at: datetime
    said: tuple[Said, ...] = ()

    @property
    def has_news(self) -> bool:
        """Say whether anything came that was not known before."""
        return any(one.at is not None for one in self.said)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what was asked and what came, as sentences."""
        return tuple(one.words for one in self.said)

    @property
    def silent(self) -> tuple[str, ...]:
        """Return the sentences on those who gave no answer."""
        return tuple(one.words for one in self.said if one.at is None)


def ask_about(leaves: Sequence[bytes], others: Sequence[bytes] = (), *, at: datetime) -> Inquiry:
    """Ask about certificates of a file and those above them, where nothing fresh is known.

    `others` are certificates that came with the file. Nobody is asked whom the administrator does
    not allow, or who gave no answer in the last five minutes.

    Costs: five queries; ten seconds of network at most; a few statements for each answer.
    """
    allowed = Allowed(
        Permit(settings.EXAMINE_ONLINE), entered_hosts(), any_port=settings.SIGNING_DEMO
    )
    if allowed.permit == Permit.NOBODY or not ports.lines or not leaves:
        return Inquiry(at)
    anchors = [one.der for one in anchors_on(at)]
    between = Certificate.objects.filter(holder_kind=HolderKind.AUTHORITY).order_by("id")
    known = [*(bytes(der) for der in between.values_list("der", flat=True)), *others]
    wanted = list(questions_about(leaves, known, anchors, allowed))
    return inquire([one for one in wanted if not _is_known(one, at)], at=at)


def inquire(questions: Sequence[Question], *, at: datetime, seconds: float = SECONDS) -> Inquiry:
    """Put questions to the network, all at once, and keep what comes in time."""
    silent = _silent_addresses(questions, at)
    answered = list(_answers(questions, silent, at, seconds))
    said = [_kept(one, came, at) for one, came in answered]
    errors = {to: why for _, came in answered for to, why in came.errors if to not in silent}
    _note_silence([came.address for _, came in answered if came.address], errors, at=at)
    moments = [one.at for one in said if one.at is not None]
    return Inquiry(max([at, *moments]), tuple(said))


def _is_known(one: Question, at: datetime) -> bool:
    """Say whether what is kept is fresh: of an authority as long as it holds, else for an hour."""
    rows = RevocationAnswer.objects.filter(issuer_key_hash=key_hash_of(one.issuer))
    serial = read_certificate(one.der).serial
    rows = rows.filter(Q(kind=AnswerKind.OCSP, serial=serial) | Q(kind=AnswerKind.CRL))
    rows = rows.filter(
        Q(next_update__gt=at) | Q(next_update__isnull=True, fetched_at__gt=at - FRESH)
    )
    if one.is_leaf:
        rows = rows.filter(fetched_at__gt=at - FRESH)
    return rows.exists()


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of one question: an answer that can be believed, and why others did not."""

    address: str = ""
    status: StatusAnswer | None = None
    crl: bytes = b""
    errors: tuple[tuple[str, str], ...] = ()


def _answers(
    questions: Sequence[Question], silent: Mapping[str, str], at: datetime, seconds: float
) -> Iterator[tuple[Question, _Came]]:
    """Yield each question with the first answer to it, or why none came in time."""
    able = [one for one in questions if one.answers or one.lists]
    if not able:
        return
    line = ports.line()
    pool = ThreadPoolExecutor(min(_AT_ONCE, len(able)), thread_name_prefix="trust-ask")
    waiting = {pool.submit(_first_answer, line, one, silent, at): one for one in able}
    done, _ = wait(waiting, timeout=seconds)
    pool.shutdown(wait=False, cancel_futures=True)
    for future, one in waiting.items():
        late = _Came(errors=(((*one.answers, *one.lists)[0], _TOO_SLOW),))
        yield one, future.result() if future in done else late


def _first_answer(
    line: ports.TrustLine, one: Question, silent: Mapping[str, str], at: datetime
) -> _Came:
    """Ask one address after the other; runs beside others and touches no database."""
    errors: dict[str, str] = {}
    for address in (*one.answers, *one.lists):
        if address in silent:
            errors[address] = silent[address]
            continue
        try:
            if address in one.answers:
                content = line.ocsp(address, question_about(one.der, one.issuer))
                status = read_answer(content, one.der, one.issuer, at=at)
                return _Came(address, status, errors=tuple(errors.items()))
            content = line.crl(address)
            _check_list(content, one.issuer, at)
            return _Came(address, crl=content, errors=tuple(errors.items()))
        except (ports.LineDown, NotAnAnswer, NotACertificate) as error:
            errors[address] = str(error).rstrip(".")
    return _Came(errors=tuple(errors.items()))


def _check_list(content: bytes, issuer: bytes, at: datetime) -> None:
    """Raises: NotACertificate, NotAnAnswer if a list is another's, damaged or too old."""
    found = read_crl(content, (issuer,))
    if found.next_update is not None and found.next_update <= at:
        raise NotAnAnswer("danh sách thu hồi đã quá hạn")


def _kept(one: Question, came: _Came, at: datetime) -> Said:
    """Keep what came, and say what it is."""
    if came.status is not None:
        keep_ocsp(came.status, at=at)
        return Said(one, came.address, came.status.this_update)
    if came.crl:
        kept = keep_crl(came.crl, came.address, at=at, issuers=(one.issuer,))
        return Said(one, came.address, kept.this_update)
    address, error = came.errors[0]
    return Said(one, address, error=error)


def _silent_addresses(questions: Sequence[Question], at: datetime) -> Mapping[str, str]:
    """Return who gave no answer a moment ago, with the reason of then."""
    named = {to for one in questions for to in (*one.answers, *one.lists)}
    rows = Silence.objects.filter(address__in=named, at__gt=at - REST)
    return dict(rows.values_list("address", "error"))


@work.story
def _note_silence(heard: Sequence[str], errors: Mapping[str, str], *, at: datetime) -> None:
    """Note who gave no answer, and forget it of who did."""
    Silence.objects.filter(address__in=heard).delete()
    for address, error in errors.items():
        values = {"at": at, "error": error[:_LONGEST_ERROR]}
        Silence.objects.update_or_create(address=address, defaults=values)
