"""What may go wrong with payments; each message is for the person who will read it."""

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotFound


class PaymentError(Anticipated):
    """The order is not in a state in which this can be done."""


class NoSuchOrder(NotFound):
    """There is no such order, or it is not for this person."""


class NoSuchParcel(NotFound):
    """There is no such parcel, or it is not for this person."""


class NoSuchRefund(NotFound):
    """There is no such refund, or it is not for this person."""


class NoSuchObligation(NotFound):
    """There is no such due of another body."""


class OrderClosed(Conflict):
    """Nothing is to be paid any more; says what has become of the order."""


class ChannelClosed(Anticipated):
    """Nobody can pay by that way here and now; says how else."""


class NoOpenDrawer(Anticipated):
    """Cash is taken only into one's own open drawer."""


class PaymentDiffers(Conflict):
    """The partner's transaction is known already, with another amount or for another order."""


class RefundNotAllowed(Anticipated):
    """Money cannot be given back like this; says why."""


class BadBeneficiary(BadInput):
    """The account cannot be used; says what is wrong."""


class NoBeneficiary(Anticipated):
    """It is not known to which account the money goes."""


class NoticeUnreadable(Anticipated):
    """What came to a notice address is not of the partner's form."""


class TooManyNotices(Anticipated):
    """More notices without proof came than anybody would look through; this one is not kept."""


class GatewayAway(Anticipated):
    """The partner does not answer; says what to do meanwhile."""
