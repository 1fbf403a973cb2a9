"""The door: accounts, sessions, sign-in."""

from .choices import AccountKind, DisabledBecause
from .models import Account, Session, SignInPolicy

__all__ = ["Account", "AccountKind", "DisabledBecause", "Session", "SignInPolicy"]
