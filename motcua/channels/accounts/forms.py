"""Forms of the account pages; allauth's own flows stand behind the first two."""

from collections.abc import Sequence
from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.channels.kit.contact_fields import EmailField, NameField
from motcua.channels.kit.fields import (
    DigitsField,
    KitForm,
    ManyField,
    PhoneField,
    RadioField,
    SecretField,
    TextField,
)
from motcua.foundation.identity import api as identity
from motcua.foundation.people import api as people


class LoginForm(KitForm, allauth.LoginForm):
    """User name, e-mail address or telephone number, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = TextField(
            label=_("Thư điện tử, số điện thoại hoặc tên đăng nhập"),
            max_length=254,
            look={"autocomplete": "username", "width": "20", "attrs": {"spellcheck": "false"}},
        )
        self.fields["password"] = SecretField(
            label=_("Mật khẩu"), strip=False, look={"autocomplete": "current-password"}
        )
        self.order_fields(["login", "password"])


class SignupForm(KitForm, allauth.SignupForm):
    """Who opens an account, and by which e-mail address or telephone number."""

    field_order = ("full_name", "email", "phone", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("username")
        self.fields["full_name"] = NameField(
            label=_("Họ và tên"),
            help_text=_("Ghi như trên căn cước."),
            max_length=200,
            look={"autocomplete": "name", "width": "20"},
        )
        self.fields["email"] = EmailField(
            label=_("Thư điện tử"),
            required=False,
            help_text=_(
                "Chúng tôi gửi mã xác nhận đến đây. Không có thì để trống và ghi số điện thoại."
            ),
        )
        self.fields["phone"] = PhoneField(label=_("Số điện thoại"), required=False)
        self.fields["password1"] = SecretField(
            label=_("Mật khẩu"),
            strip=False,
            help_text=_("Ít nhất 14 ký tự; một câu dễ nhớ với ông/bà là tốt nhất."),
            look={"autocomplete": "new-password"},
        )
        self.fields["password2"] = SecretField(
            label=_("Mật khẩu lần nữa"), strip=False, look={"autocomplete": "new-password"}
        )
        self.order_fields(self.field_order)

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data.get("phone") or "")
        if phone and identity.is_login_taken(phone):
            raise forms.ValidationError(
                _(
                    "Số này chưa dùng để mở tài khoản được. Nếu đã có tài khoản, mời đăng nhập,"
                    " hoặc đặt mật khẩu bằng tin nhắn ở “Quên mật khẩu”."
                )
            )
        return phone

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("email") or data.get("phone") or self.errors):
            self.add_error("email", _("Hãy ghi thư điện tử hoặc số điện thoại để đăng nhập."))
        return data

    def signup(self, request: HttpRequest, user: object) -> None:
        """Nothing more to note: the account has been opened whole."""


class PhoneCodeForm(KitForm):
    """To which telephone a code goes."""

    phone = PhoneField(label=_("Số điện thoại của tài khoản"))


class ProveForm(KitForm):
    """The code that came, and whose account it is."""

    code = DigitsField(
        label=_("Mã 6 số trong tin nhắn"),
        max_length=10,
        look={"autocomplete": "one-time-code", "width": "10", "inputmode": "numeric"},
    )
    full_name = TextField(
        label=_("Họ và tên chủ tài khoản"),
        help_text=_("Số điện thoại có thể đã qua tay người khác, nên cần thêm họ tên."),
        max_length=200,
        look={"autocomplete": "name", "width": "20"},
    )


class NewPasswordForm(KitForm):
    """The password from now on, twice."""

    password1 = SecretField(
        label=_("Mật khẩu mới"),
        strip=False,
        help_text=_("Ít nhất 14 ký tự; một câu dễ nhớ với ông/bà là tốt nhất."),
        look={"autocomplete": "new-password"},
    )
    password2 = SecretField(
        label=_("Mật khẩu lần nữa"), strip=False, look={"autocomplete": "new-password"}
    )

    def __init__(self, data: QueryDict | None, *, account: identity.Account) -> None:
        super().__init__(data)
        self.account = account

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập chưa giống nhau."))
        elif first:
            try:
                validate_password(first, self.account)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data


class ProfileForm(KitForm):
    """Contacts, and how to be spoken to."""

    addressed_as = RadioField(
        label=_("Cách xưng hô"),
        required=False,
        choices=[("", _("ông/bà")), *people.Address.choices],
    )
    language = RadioField(
        label=_("Ngôn ngữ của thông báo và của trang"),
        required=False,
        choices=identity.Language.choices,
    )
    phone = PhoneField(label=_("Số điện thoại liên hệ"), required=False)
    email = EmailField(label=_("Thư điện tử liên hệ"), required=False)
    address = TextField(
        label=_("Địa chỉ"),
        required=False,
        max_length=300,
        look={"autocomplete": "street-address"},
    )


class MailForm(KitForm):
    """Which notices also come by mail."""

    kinds = ManyField(label=_("Gửi thêm thư điện tử khi có"), required=False, choices=())

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these kinds: code and name."""
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]  # -- a ManyField
