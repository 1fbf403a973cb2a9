"""Who may administer which account, and which passwords will do."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.dated import holding_on
from motcua.lib.errors import NotAllowed

from .choices import ADMINISTER
from .models import Account, OldPassword, SignInPolicy
from .rules.limits import Limits


def check_administers(account: Account, *, by: Actor, on: date) -> None:
    """An officer's account is administered where the officer works, others for the whole province.

    Of several places of work all must be in reach: who sits in a commune and at the province is
    out of the commune's hands. Nobody administers the own account.

    Raises: NotAllowed.
    """
    if account.pk == by.id:
        raise NotAllowed("Ông/bà không thể tự làm việc này với tài khoản của mình.")
    if account.officer_id is not None:
        check_administers_officer(account.officer_id, by=by, on=on)
    elif ADMINISTER not in by.province_powers:
        raise NotAllowed("Ông/bà không có quyền quản trị tài khoản này.")


def check_administers_officer(officer_id: int, *, by: Actor, on: date) -> None:
    """Raises: NotAllowed unless everywhere the officer sits on that day is in reach."""
    held = organisation.PostHolding.objects.filter(holding_on(on), officer_id=officer_id)
    units = list(held.values_list("post__unit_id", flat=True))
    if not by.can(ADMINISTER) or not all(by.can(ADMINISTER, unit_id=unit) for unit in units):
        raise NotAllowed("Ông/bà không có quyền quản trị tài khoản này.")


def has_second_factor(account_id: int) -> bool:
    """Say whether the account has an app or a passkey; recovery codes do not count."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: bool = Authenticator.objects.filter(user_id=account_id, type__in=kinds).exists()
    return found


class _PasswordRule:
    """What Django asks of a validator: `validate` and a sentence for the form."""

    def limits(self) -> Limits:
        return SignInPolicy.objects.limits_on(local_day(now()))


class LongEnough(_PasswordRule):
    """Refuses short passwords; with a second factor shorter ones will do.

    Source: docs/law/identity.md
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        is_protected = user is not None and user.pk is not None and has_second_factor(user.pk)
        least = self.limits().least_length(has_second_factor=is_protected)
        if len(password) < least:
            raise ValidationError(
                _("Mật khẩu phải có ít nhất %(least)s ký tự."),
                code="password_too_short",
                params={"least": least},
            )

    def get_help_text(self) -> str:
        limits = self.limits()
        return _(
            "Mật khẩu có ít nhất %(alone)s ký tự; nếu đã bật xác thực hai lớp thì ít nhất "
            "%(protected)s ký tự. Một câu dễ nhớ với ông/bà là tốt nhất."
        ) % {
            "alone": limits.password_length,
            "protected": limits.password_length_second_factor,
        }


class NotUsedBefore(_PasswordRule):
    """Refuses the present password and the latest ones before it.

    Costs: one hash for each remembered password.
    Source: docs/law/identity.md
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if user is None or user.pk is None:
            return
        old = OldPassword.objects.filter(account_id=user.pk).order_by("-set_at", "-id")
        remembered = old.values_list("password", flat=True)[: self.limits().passwords_remembered]
        if any(check_password(password, one) for one in remembered):
            raise ValidationError(
                _("Mật khẩu này đã dùng gần đây; hãy chọn mật khẩu khác."), code="password_used"
            )

    def get_help_text(self) -> str:
        return _("Không dùng lại %(count)s mật khẩu gần nhất.") % {
            "count": self.limits().passwords_remembered
        }
