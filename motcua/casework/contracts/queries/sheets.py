"""The sheet of a month that both sides sign."""

from datetime import datetime

from motcua.casework.contracts.models import Settlement
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.clock import local

DAY, MOMENT = "%d/%m/%Y", "%H:%M %d/%m/%Y"


def settlement_sheet(found: Settlement, *, at: datetime) -> bytes:
    """Return the sheet as PDF, under the head of the agency that reckoned the month."""
    row = found.contract
    rows = [
        (f"{place}", words, _number(count), _number(amount), _number(cost))
        for place, (words, count, amount, cost) in enumerate(found.rows, 1)
    ]
    total = sum(count for _, count, _, _ in found.rows)
    rows.append(("", "Cộng", _number(total), _number(found.amount_vnd), _number(found.cost_vnd)))
    paper = papers.SettlementPaper(
        letterhead=papers.letterhead_of_agency(_agency_of(found), at),
        note=f"Tháng {found.month:%m/%Y}, hợp đồng số {row.number} ngày {row.signed_on:{DAY}}",
        lines=(
            papers.Line(label="Bên giao thu hộ", value=row.our_side),
            papers.Line(label="Bên nhận thu hộ", value=row.partner.name),
        ),
        columns=(
            papers.Column(head="TT", width="12"),
            papers.Column(head="Kênh"),
            papers.Column(head="Số giao dịch", width="25"),
            papers.Column(head="Số tiền đã thu hộ (đồng)", width="40"),
            papers.Column(head="Phí dịch vụ (đồng)", width="35"),
        ),
        entries=tuple(rows),
        closing=tuple(_closing(found)),
        signers=(
            papers.Signer(title="Bên nhận thu hộ", name=""),
            papers.Signer(title="Bên giao thu hộ", name=""),
        ),
    )
    return papers.render_paper(paper)


def _agency_of(found: Settlement) -> int:
    """Return who reckoned the month; if nobody knows, the committee of the province."""
    if found.agency_id is not None:
        return found.agency_id
    agencies = sorted(organisation.tree().agencies(), key=_is_not_the_committee)
    return agencies[0].id


def _is_not_the_committee(agency: organisation.AgencyInfo) -> bool:
    return agency.kind != organisation.AgencyKind.PROVINCE_COMMITTEE


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _closing(found: Settlement) -> list[str]:
    """Return who agreed, and when."""
    said = [f"Lập lúc {local(found.made_at):{MOMENT}}, {found.made_by_name}."]
    if found.agreed_at:
        said.append(
            f"Bên giao đồng ý lúc {local(found.agreed_at):{MOMENT}}, {found.agreed_by_name}."
        )
    if found.partner_agreed_on:
        day = f"{found.partner_agreed_on:{DAY}}"
        said.append(f"Bên nhận đồng ý ngày {day}: {found.partner_name}, {found.partner_document}.")
    return said
