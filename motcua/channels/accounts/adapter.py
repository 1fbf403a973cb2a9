"""Where allauth's flows meet our stories."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.channels.kit.tongues import said_by
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.lib.actor import ActorKind
from motcua.lib.clock import now
from motcua.lib.tongue import language, speaking

EMAIL_STAGE = "allauth.account.stages.EmailVerificationStage"
OUR_EMAIL_STAGE = "motcua.channels.accounts.stages.EmailStage"
WRONG = _("Tên đăng nhập hoặc mật khẩu không đúng.")
_DEVICE_LENGTH = 200


class AccountAdapter(DefaultAccountAdapter):
    """Lock before checking, count failures, and let identity write what is written."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "incorrect_password": _("Mật khẩu không đúng."),
        "incorrect_code": _("Mã không đúng; hãy xem lại hoặc xin mã mới."),
        "too_many_login_attempts": _("Đã thử quá nhiều lần; ông/bà đợi ít phút rồi thử lại."),
        "rate_limited": _("Yêu cầu quá nhanh; ông/bà đợi ít phút rồi thử lại."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a locked login before its password is looked at."""
        super().pre_authenticate(request, **credentials)
        try:
            identity.check_not_locked(typed_login(credentials), at=now())
        except identity.SignInLocked as error:
            raise ValidationError(said_by(error), code="locked") from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        identity.note_failure(typed_login(credentials), at=now())

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session anew: its limits count from now."""
        super().login(request, user)
        at = now()
        request.session["started_at"] = at.isoformat()
        request.session["device"] = request.headers.get("User-Agent", "")[:_DEVICE_LENGTH]
        request.session["ip_address"] = self.get_client_ip(request)
        identity.note_success(identity.get_account(user.pk), at=at)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the account; to whoever has none, in that of the page."""
        user = context.get("user") or identity.find_account(email)
        with speaking(getattr(user, "language", "") or language()):
            super().send_mail(template_prefix, email, context)

    def get_login_stages(self) -> list[str]:
        stages = super().get_login_stages()
        return [OUR_EMAIL_STAGE if stage == EMAIL_STAGE else stage for stage in stages]

    def save_user(
        self,
        request: HttpRequest,  # noqa: ARG002 -- allauth's signature
        user: AbstractBaseUser,  # noqa: ARG002 -- allauth's signature
        form: BaseForm,
        commit: bool = True,  # noqa: ARG002, FBT001, FBT002 -- allauth's signature
    ) -> AbstractBaseUser:
        """Open the citizen's account; the form has asked whether the logins are free."""
        data = form.cleaned_data
        facts = identity.SignUp(
            full_name=data["full_name"],
            password=data["password1"],
            email=data.get("email") or "",
            phone=data.get("phone") or "",
            language=language(),
        )
        return identity.open_citizen_account(facts, at=now())

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a new password; every other browser is signed out."""
        session = getattr(self.request, "session", None)
        here = session.session_key if session is not None and session.session_key else ""
        account = identity.get_account(user.pk)
        identity.change_password(account, password, session_key=here, at=now())
        user.password = account.password

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return start_page(request.user.pk)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return start_page(request.user.pk)


def typed_login(credentials: dict[str, Any]) -> str:
    """Return what was typed to say who it is."""
    return str(credentials.get("username") or credentials.get("email") or "")


def start_page(account_id: int | None) -> str:
    """Return where somebody starts: officers, partners at their work, the others at the portal."""
    if account_id is None:
        return str(settings.LOGIN_REDIRECT_URL)
    actor = access.actor_now(account_id, at=now()).actor
    if actor.kind == ActorKind.PARTNER:
        return str(settings.PARTNERS_START_PAGE)
    pages = (page for power, page in settings.START_PAGES if actor.can(power))
    return next(pages, str(settings.LOGIN_REDIRECT_URL))
