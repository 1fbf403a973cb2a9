"""Signed-in browsers, and logins that are locked."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """One browser that visits the account pages; with an account, one that is signed in.

    Born at the first visit, renamed at sign-in, gone at sign-out. `started_at` is the sign-in,
    `seen_at` the latest request (written once a minute); both decide how long it lives.
    `acting_for` is the delegation under which the holder works for somebody else just now.
    """

    account_id = models.BigIntegerField("tài khoản", null=True, db_index=True)
    started_at = models.DateTimeField("đăng nhập lúc")
    seen_at = models.DateTimeField("hoạt động lúc")
    device = models.CharField("thiết bị", max_length=200, blank=True)
    acting_for = models.BigIntegerField("làm thay theo ủy quyền", null=True)
    ip_address = models.GenericIPAddressField("địa chỉ mạng", null=True)

    def __str__(self) -> str:
        return f"session of account {self.account_id}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the store the site has chosen."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class SignInLock(models.Model):
    """How often one login has failed of late, whether or not there is such an account.

    The key is the account or, for an unknown login, a keyed hash of what was typed: so strangers
    learn nothing from being locked out. Gone after a success or when an administrator unlocks.
    """

    key = models.CharField("dấu", max_length=64, primary_key=True)
    failures = models.PositiveSmallIntegerField("số lần sai", default=0)
    latest_at = models.DateTimeField("sai gần nhất lúc")
    locked_until = models.DateTimeField("khóa đến", null=True)

    def __str__(self) -> str:
        return f"{self.failures} failures until {self.locked_until}"
