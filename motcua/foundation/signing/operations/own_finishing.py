"""Make somebody's papers whole with the signatures that came, and tell whose they are.

Not at the door: it imports the engine, which only the signer's process carries.
"""

from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing.choices import OwnState
from motcua.foundation.signing.errors import DocumentUnfit, WrongSignature
from motcua.foundation.signing.events import OwnPapersSigned
from motcua.foundation.signing.models import OwnPaper, OwnSigning
from motcua.foundation.signing.queries.own import own_papers_of
from motcua.foundation.signing.rules import halves
from motcua.foundation.signing.rules.halves import Half
from motcua.foundation.signing.rules.lifting import Ask, Asked
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.tongue import said

from .own_beginning import end
from .own_consenting import DIGEST
from .time_stamping import quietly


def finish_papers(signing: OwnSigning, raws: Sequence[bytes], *, at: datetime) -> None:
    """Keep the raw signatures before they are used, then make each paper whole.

    Raises: WrongSignature if one is not the certificate's over what was prepared; DocumentUnfit.
    Costs: network for each time stamp, if there is a service for it.
    """
    papers = own_papers_of(signing)
    if raws:
        _check(signing, papers, raws)
        if not _keep_raws(signing, papers, raws, at):
            return
    chain = [b64decode(one) for one in signing.certificates]
    above = chain[1:] or list(trust.chain_of(chain[0]))
    contents = [_whole(one, chain[0], above, at) for one in papers]
    _keep(signing, papers, contents, at=at)


def _check(signing: OwnSigning, papers: Sequence[OwnPaper], raws: Sequence[bytes]) -> None:
    """Raises: WrongSignature."""
    if len(raws) != len(papers):
        raise WrongSignature(said("Dịch vụ ký số trả về thiếu chữ ký; hãy ký lại."))
    der = b64decode(signing.certificates[0])
    for paper, raw in zip(papers, raws, strict=True):
        halves.check_raw(der, bytes(paper.attributes or b""), raw, DIGEST)


@work.story
def _keep_raws(
    signing: OwnSigning, papers: Sequence[OwnPaper], raws: Sequence[bytes], at: datetime
) -> bool:
    """Say whether they were still wanted."""
    locked = work.lock(OwnSigning, id=signing.pk)
    if not locked.is_open:
        return False
    for paper, raw in zip(papers, raws, strict=True):
        paper.raw = raw
        work.update(paper, "raw")
    OwnSigning.objects.filter(pk=signing.pk).update(
        state=OwnState.SIGNED, sealed_grant="", next_try_at=at, tries=0, latest_error=""
    )
    return True


def _whole(paper: OwnPaper, der: bytes, chain: Sequence[bytes], at: datetime) -> bytes:
    """Return the signed paper, with a time stamp in it where one is to be had."""
    with files.open_file(paper.file) as content:
        base = bytes(content.read())
    half, raw = _half(paper), bytes(paper.raw or b"")

    def made(ask: Ask | None) -> bytes:
        stamper = Asked(ask) if ask else None
        return halves.finish(base, half, raw, certificate=der, chain=chain, stamper=stamper)

    return quietly(made, at=at) or made(None)


def _half(paper: OwnPaper) -> Half:
    start, stop = paper.reserved_start, paper.reserved_end
    if paper.tail is None or paper.attributes is None or start is None or stop is None:
        raise DocumentUnfit(said("Dữ liệu ký đã mất; hãy ký lại."), field="file")
    return Half(
        tail=bytes(paper.tail),
        document_digest=bytes(paper.document_digest or b""),
        reserved_start=start,
        reserved_end=stop,
        attributes=bytes(paper.attributes),
        digest=DIGEST,
    )


@work.story
def _keep(
    signing: OwnSigning, papers: Sequence[OwnPaper], contents: Sequence[bytes], *, at: datetime
) -> None:
    """Keep the signed papers and tell, unless the person has left it meanwhile."""
    locked = work.lock(OwnSigning, id=signing.pk)
    if not locked.is_open:
        return
    by = Actor(id=locked.account_id, name=locked.account_name)
    for paper, content in zip(papers, contents, strict=True):
        name = "da-ky.pdf"
        paper.signed_file = files.keep_file(name, BytesIO(content), by=by, at=at)
        paper.tail = None
        work.update(paper, "signed_file_id", "tail")
    end(locked, OwnState.DONE, "", at=at)
    detail = {"papers": len(papers), "by": locked.subject_name}
    audit.record("signing.own_signed", locked.owner, by=by, at=at, detail=detail)
    outbox.announce(OwnPapersSigned(locked.pk, 1, locked.owner), by=by, at=at)
