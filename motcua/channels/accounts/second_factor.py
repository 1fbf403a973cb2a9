"""Where allauth's second factor meets our rules."""

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.lib.clock import now


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets encrypted, and administrators from giving their last second factor up."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Mã không đúng; hãy xem lại ứng dụng và giờ của điện thoại."),
        "cannot_delete_authenticator": _(
            "Tài khoản quản trị phải luôn có xác thực hai lớp; hãy thêm cách khác trước khi bỏ."
        ),
    }

    def encrypt(self, text: str) -> str:
        return identity.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return identity.unseal_secret(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to leave a privileged account with a password alone.

        Source: docs/law/identity.md
        """
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=kinds)
        if others.exclude(pk=authenticator.pk).exists():
            return True
        return not access.actor_now(authenticator.user_id, at=now()).is_privileged

    def get_totp_issuer(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user)

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)
