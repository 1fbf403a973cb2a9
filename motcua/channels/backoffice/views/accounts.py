"""Accounts of officers: find, open, lock, unlock, help who has lost a password or a telephone."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.accounts import AccountForm, ReasonForm
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import needs, units_of
from motcua.channels.kit.devices import device_in_words
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound

ROWS = 50
STATES = [("", "Tất cả"), *identity.AccountState.choices]


def address(account: identity.Account) -> str:
    return reverse("backoffice:account", args=[account.username])


def crumbs(account: identity.Account | None = None) -> list[tuple[str, str]]:
    """Return the way from the list to the account."""
    words = [("Tài khoản", reverse("backoffice:accounts"))]
    return [*words, (account.full_name, address(account))] if account else words


def officer_account(username: str) -> identity.Account:
    """Return an officer's account; those of citizens are not kept here. Raises: NoSuchAccount."""
    found = identity.find_account(username)
    if found is None or not found.is_officer:
        raise identity.NoSuchAccount("Không tìm thấy tài khoản cán bộ này.")
    return found


def account_in_reach(request: ActorRequest, username: str) -> identity.Account:
    """Return an officer's account that the actor administers, or the own one.

    Raises: NoSuchAccount, NotAllowed.
    """
    found = officer_account(username)
    if found.pk != request.actor.id:
        identity.check_administers(found, by=request.actor, on=local_day(now()))
    return found


def chosen_state(request: ActorRequest) -> identity.AccountState | None:
    """Return the state by which the list is narrowed; an unknown word narrows nothing."""
    word = request.GET.get("state", "")
    return identity.AccountState(word) if word in identity.AccountState.values else None


@require_GET
@needs(Power.ADMINISTER_IDENTITY)
def accounts(request: ActorRequest) -> HttpResponse:
    """List the accounts in reach.

    Costs: one statement, one more if there is a text, one more for those locked.
    """
    text, after = request.GET.get("q", ""), request.GET.get("after", "")
    state = chosen_state(request)
    found = identity.find_officer_accounts(
        text,
        at=now(),
        state=state,
        unit_ids=units_of(request.actor, Power.ADMINISTER_IDENTITY),
        after=after,
        limit=ROWS + 1,
    )
    context = {
        "title": "Tài khoản",
        "text": text,
        "state": state or "",
        "states": STATES,
        "accounts": found[:ROWS],
        "after": found[ROWS - 1].username if len(found) > ROWS else "",
        "is_later": bool(after),
    }
    return page(request, "accounts", context, current="accounts")


@require_GET
@needs(Power.ADMINISTER_IDENTITY)
def account(request: ActorRequest, username: str) -> HttpResponse:
    """Show one account: how it stands and where it is signed in.

    Costs: six statements.
    """
    found, at = account_in_reach(request, username), now()
    sessions = identity.sessions_of(found.pk, at=at)
    context = {
        "title": found.full_name,
        "crumbs": crumbs(),
        "account": found,
        "officer": found.officer,
        "locked_until": identity.lock_of(found.pk, at=at),
        "has_second_factor": identity.has_second_factor(found.pk),
        "sessions": [(device_in_words(one.device), one) for one in sessions],
        "is_own": found.pk == request.actor.id,
    }
    return page(request, "account", context, current="accounts")


@asks(Power.ADMINISTER_IDENTITY)
def add_account(request: ActorRequest) -> HttpResponse:
    """Give an officer an account, and show its first password this once."""
    form = AccountForm(request.POST or None, initial={"officer": request.GET.get("can-bo", "")})
    if form.is_valid():
        try:
            made, password = identity.create_officer_account(
                form.cleaned_data["officer"].pk,
                form.cleaned_data["username"],
                by=request.actor,
                at=now(),
            )
            return first_password(request, made, password, "Đã tạo tài khoản")
        except (NotAllowed, NotFound) as error:
            if not isinstance(error, identity.AccountDisabled):
                raise
            form.blame(str(error), "officer")
        except Anticipated as error:
            form.blame(str(error), getattr(error, "field", "") or "officer")
    return form_page(
        request,
        form,
        {
            "title": "Tạo tài khoản cán bộ",
            "intro": "Thư điện tử và điện thoại lấy từ hồ sơ cán bộ. Mật khẩu đầu tiên hiện ra một "
            "lần để trao tận tay; người dùng đổi ngay khi đăng nhập.",
            "button": "Tạo tài khoản",
            "back": reverse("backoffice:accounts"),
            "crumbs": crumbs(),
        },
        current="accounts",
    )


def first_password(
    request: ActorRequest, account: identity.Account, password: str, title: str
) -> HttpResponse:
    """Show a first password: it is stored nowhere and never shown again."""
    context = {
        "title": title,
        "crumbs": crumbs(account),
        "account": account,
        "password": password,
    }
    return page(request, "first_password", context, current="accounts")


@asks(Power.ADMINISTER_IDENTITY)
def reset_password(request: ActorRequest, username: str) -> HttpResponse:
    """Ask once more, then give a new first password."""
    found = account_in_reach(request, username)
    if request.method == "POST":
        password = identity.reset_password(found.pk, by=request.actor, at=now())
        return first_password(request, found, password, "Đã đặt lại mật khẩu")
    context = {
        "title": "Đặt lại mật khẩu",
        "crumbs": crumbs(found),
        "question": f"Đặt lại mật khẩu của {found.full_name}?",
        "consequence": "Mật khẩu cũ hết hiệu lực và mọi phiên đang mở bị đăng xuất. Mật khẩu mới "
        "hiện ra một lần.",
        "button": "Đặt lại mật khẩu",
        "back": address(found),
    }
    return page(request, "confirm", context, current="accounts")


@asks(Power.ADMINISTER_IDENTITY)
def reset_second_factor(request: ActorRequest, username: str) -> HttpResponse:
    """Take a lost second factor away; the holder sets up a new one at the next sign-in."""
    found = account_in_reach(request, username)
    form = ReasonForm(request.POST or None)

    def act(at: datetime) -> str:
        reason = form.cleaned_data["reason"]
        identity.reset_second_factor(found.pk, reason, by=request.actor, at=at)
        return address(found)

    sheet = Sheet(
        f"Gỡ xác thực hai lớp của {found.full_name}",
        "Gỡ xác thực hai lớp",
        "Đã gỡ xác thực hai lớp.",
        intro=(
            "Chỉ làm khi người dùng mất điện thoại hoặc khóa bảo mật và đã được xác minh. "
            "Mọi phiên bị đăng xuất; lần đăng nhập sau phải bật lại xác thực hai lớp."
        ),
        warning=True,
    )
    return asked(request, form, act, sheet, Way(address(found), crumbs(found), "accounts"))


Change = Callable[[int, Actor, datetime], None]


def _disable(account_id: int, by: Actor, at: datetime) -> None:
    identity.disable_account(account_id, by=by, at=at)


def _enable(account_id: int, by: Actor, at: datetime) -> None:
    identity.enable_account(account_id, by=by, at=at)


def _unlock(account_id: int, by: Actor, at: datetime) -> None:
    identity.unlock_account(account_id, by=by, at=at)


def _sign_out(account_id: int, by: Actor, at: datetime) -> None:
    identity.sign_out_everywhere(account_id, by=by, at=at)


CHANGES: dict[str, tuple[Change, str]] = {
    "khoa": (_disable, "Đã khóa tài khoản và đăng xuất mọi phiên."),
    "mo-lai": (_enable, "Đã mở lại tài khoản."),
    "mo-khoa-tam": (_unlock, "Đã bỏ khóa tạm; người dùng thử lại được ngay."),
    "dang-xuat": (_sign_out, "Đã đăng xuất mọi phiên."),
}


@require_POST
@needs(Power.ADMINISTER_IDENTITY)
def change_account(request: ActorRequest, username: str, change: str) -> HttpResponse:
    """Disable, enable, unlock, or sign out everywhere."""
    found = account_in_reach(request, username)
    if change not in CHANGES:
        raise identity.NoSuchAccount("Không có việc này.")
    carry_out, said = CHANGES[change]

    def act(at: datetime) -> str:
        carry_out(found.pk, request.actor, at)
        return address(found)

    try:
        return done(request, act, said)
    except identity.AccountDisabled as error:
        messages.error(request, str(error))
        return redirect(address(found))
