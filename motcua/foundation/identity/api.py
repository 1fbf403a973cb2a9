"""The door: accounts, sessions, sign-in."""

from .choices import ADMINISTER, AccountKind, AccountState, DisabledBecause
from .errors import (
    AccountDisabled,
    LoginTaken,
    NoSuchAccount,
    NoSuchSession,
    OfficerHasAccount,
    SignInLocked,
)
from .models import Account, Session, SignInPolicy
from .operations.accounts import (
    SignUp,
    close_account_of_leaver,
    close_own_account,
    confirm_person,
    create_officer_account,
    create_officer_accounts,
    disable_account,
    disable_idle_accounts,
    enable_account,
    open_citizen_account,
    reset_password,
    reset_second_factor,
)
from .operations.leavers import close_accounts_of_leavers, take_over_work
from .operations.passwords import change_password
from .operations.sign_in import (
    check_not_locked,
    cut_sessions,
    end_session,
    note_failure,
    note_success,
    purge_sessions,
    raise_actor_version,
    set_acting_for,
    sign_out_everywhere,
    unlock_account,
)
from .operations.tokens import open_token
from .permissions import check_administers, has_second_factor
from .ports import TakeOver, personal_work
from .queries.accounts import (
    accounts_of_officers,
    find_account,
    find_account_of_officer,
    find_officer_accounts,
    get_account,
    is_login_taken,
    limits,
    lock_of,
    sessions_of,
)
from .queries.secrets import seal_secret, unseal_secret
from .queries.signed_in import SignedIn, signed_in
from .rules.logins import tidy_login, tidy_phone, tidy_username

__all__ = [
    "ADMINISTER",
    "Account",
    "AccountDisabled",
    "AccountKind",
    "AccountState",
    "DisabledBecause",
    "LoginTaken",
    "NoSuchAccount",
    "NoSuchSession",
    "OfficerHasAccount",
    "Session",
    "SignInLocked",
    "SignInPolicy",
    "SignUp",
    "SignedIn",
    "TakeOver",
    "accounts_of_officers",
    "change_password",
    "check_administers",
    "check_not_locked",
    "close_account_of_leaver",
    "close_accounts_of_leavers",
    "close_own_account",
    "confirm_person",
    "create_officer_account",
    "create_officer_accounts",
    "cut_sessions",
    "disable_account",
    "disable_idle_accounts",
    "enable_account",
    "end_session",
    "find_account",
    "find_account_of_officer",
    "find_officer_accounts",
    "get_account",
    "has_second_factor",
    "is_login_taken",
    "limits",
    "lock_of",
    "note_failure",
    "note_success",
    "open_citizen_account",
    "open_token",
    "personal_work",
    "purge_sessions",
    "raise_actor_version",
    "reset_password",
    "reset_second_factor",
    "seal_secret",
    "sessions_of",
    "set_acting_for",
    "sign_out_everywhere",
    "signed_in",
    "take_over_work",
    "tidy_login",
    "tidy_phone",
    "tidy_username",
    "unlock_account",
    "unseal_secret",
]
