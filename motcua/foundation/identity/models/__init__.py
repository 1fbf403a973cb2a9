"""Tables of accounts and sessions."""

from .accounts import Account, OldPassword
from .codes import SignInCode
from .policies import SignInPolicy
from .sessions import Session, SignInLock

__all__ = ["Account", "OldPassword", "Session", "SignInCode", "SignInLock", "SignInPolicy"]
