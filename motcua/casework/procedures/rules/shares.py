"""How much of a source became fields: counted rows against an independent estimate of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.casework.procedures.choices import Doubt
from motcua.casework.procedures.rules.channel_table import count_row_starts
from motcua.casework.procedures.rules.paper_table import count_quantities
from motcua.casework.procedures.rules.published import (
    PublishedChannel,
    PublishedProcedure,
    SourceForm,
)


@dataclass(slots=True)
class Shares:
    """Sums over a source.

    `channels_estimated` counts channel names with a cell glued to them, in every field of a row;
    `papers_estimated` counts numbers of copies that prose does not write. Neither knows the
    parser: a row lost by the parser lowers a share. A channel row became fields when its channel
    is known and each cell was understood as a number, a span, an amount or an absence; a paper
    when it has a name. Rows without any doubt are fewer: `channels_clear`.
    """

    procedures: int = 0
    unclear_procedures: int = 0
    channels_estimated: int = 0
    channels_in_fields: int = 0
    channels_clear: int = 0
    papers_estimated: int = 0
    papers_in_fields: int = 0
    doubts: Counter[Doubt] = field(default_factory=Counter)

    @property
    def channel_share(self) -> float:
        """Units: ratio 0–1."""
        return self.channels_in_fields / max(1, self.channels_estimated)

    @property
    def clear_share(self) -> float:
        """Units: ratio 0–1."""
        return self.channels_clear / max(1, self.channels_estimated)

    @property
    def paper_share(self) -> float:
        """Units: ratio 0–1."""
        return self.papers_in_fields / max(1, self.papers_estimated)


def measure(procedures: Iterable[PublishedProcedure]) -> Shares:
    """Count what became fields, and what is left to a person."""
    shares = Shares()
    for procedure in procedures:
        papers = [paper for case in procedure.cases for paper in case.papers]
        shares.procedures += 1
        shares.unclear_procedures += procedure.is_unclear
        shares.channels_in_fields += sum(map(is_in_fields, procedure.channels))
        shares.channels_clear += sum(not channel.unclear for channel in procedure.channels)
        shares.papers_in_fields += sum(bool(paper.name) for paper in papers)
        shares.doubts.update(reason.doubt for reason in procedure.reasons())
        estimated_channels, estimated_papers = _estimate(procedure)
        shares.channels_estimated += estimated_channels
        shares.papers_estimated += estimated_papers
    return shares


def is_in_fields(channel: PublishedChannel) -> bool:
    doubts = {reason.doubt for reason in channel.unclear}
    return doubts.isdisjoint({Doubt.LIMIT_NOT_READ, Doubt.CHANNEL_UNKNOWN})


def _estimate(procedure: PublishedProcedure) -> tuple[int, int]:
    """Count rows by marks in the untouched words; other forms than texts have no such marks."""
    if procedure.source.form is not SourceForm.TEXT:
        papers = sum(len(case.papers) for case in procedure.cases)
        return len(procedure.channels), papers
    words = procedure.raw.values()
    return sum(map(count_row_starts, words)), sum(map(count_quantities, words))
