"""One way in by user name, e-mail address or telephone number with a password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from motcua.foundation.identity import api as identity


class LoginBackend(AuthenticationBackend):
    """allauth's back end, whose password check takes as long for a login that nobody has."""

    def _authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 -- allauth's signature
        **credentials: Any,
    ) -> AbstractBaseUser | None:
        typed = credentials.get("username") or credentials.get("email") or ""
        account = identity.find_account(typed)
        user: AbstractBaseUser | None = self._check_password(
            account, credentials.get("password") or ""
        )
        return user
