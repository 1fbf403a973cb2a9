"""What may go wrong with accounts."""

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotAllowed, NotFound


class NoSuchAccount(NotFound):
    """There is no such account."""


class SignInLocked(NotAllowed):
    """Too many wrong passwords for this login; it opens again by itself."""


class AccountDisabled(NotAllowed):
    """The account may not be used."""


class LoginTaken(BadInput):
    """Another account has this user name, e-mail address or telephone number."""


class OfficerHasAccount(Conflict):
    """An officer has at most one account."""


class NoSuchSession(NotFound):
    """The session has ended or is somebody else's."""


class ConfirmedOtherwise(BadInput):
    """The account has been confirmed as somebody else's, or the person has another one."""


class LoginNotProven(BadInput):
    """Nobody has shown yet that the telephone or address is of whom the account names."""


class TooManyLooks(Conflict):
    """One officer has looked at too many accounts within an hour."""


class TooManyTexts(Anticipated):
    """So many codes went to this telephone, or from this network, that it has to wait."""


class WrongSignInCode(BadInput):
    """The code, or the name typed with it, is not the one; or not any more."""
