"""The way from an agency of this installation to another: no network, the same states."""

from motcua.casework.exchange.ports import Handed, Parcel
from motcua.foundation.organisation import api as organisation


class Inside:
    """Reaches every living agency of the tree; what is handed over is there at once."""

    name = "inside"

    def reaches(self, receiver_code: str) -> bool:
        """Say whether the agency is one of ours."""
        agency = organisation.tree().agency_by_code(receiver_code)
        return agency is not None and agency.is_living

    def carry(self, parcel: Parcel) -> Handed:  # noqa: ARG002 -- nothing has to move
        """Say that it is there."""
        return Handed(is_delivered=True)
