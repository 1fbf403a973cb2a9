"""Accounts and the passwords they may not use again."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from motcua.foundation.identity.choices import AccountKind, DisabledBecause, Language


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by user name; new ones come from the operations."""


class Account(AbstractBaseUser):
    """One right to sign in (tài khoản), of an officer, a citizen or a person of a partner.

    Citizens open theirs themselves, the others get theirs from an administrator. It says who comes
    in, never what they may do. `actor_version` rises with whatever changes the holder's reach.
    Never deleted and never passed on; it is disabled with a day and a reason.
    """

    username = models.CharField("tên đăng nhập", max_length=150, unique=True)
    kind = models.CharField("loại", max_length=10, choices=AccountKind.choices)
    full_name = models.CharField("họ và tên", max_length=200)
    email = models.EmailField("thư điện tử", max_length=254, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    phone_confirmed_at = models.DateTimeField("xác nhận điện thoại lúc", null=True, blank=True)
    person = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người",
    )
    confirmed_unit_id = models.BigIntegerField("quầy đã xác nhận người", null=True, blank=True)
    officer = models.OneToOneField(
        "organisation.Officer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cán bộ",
    )
    language = models.CharField(
        "ngôn ngữ", max_length=2, choices=Language.choices, default=Language.VIETNAMESE
    )
    actor_version = models.IntegerField("phiên bản quyền", default=1)
    created_at = models.DateTimeField("mở lúc")
    enabled_at = models.DateTimeField("mở lại lúc", null=True, blank=True)
    password_changed_at = models.DateTimeField("tự đặt mật khẩu lúc", null=True, blank=True)
    disabled_at = models.DateTimeField("khóa lúc", null=True, blank=True)
    disabled_because = models.CharField(
        "lý do khóa", max_length=20, choices=DisabledBecause.choices, blank=True
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="identity_account_kind_is_known", condition=Q(kind__in=AccountKind.values)
            ),
            models.CheckConstraint(
                name="identity_account_language_is_known",
                condition=Q(language__in=Language.values),
            ),
            models.CheckConstraint(
                name="identity_account_of_an_officer_names_the_officer",
                condition=Q(kind=AccountKind.OFFICER, officer__isnull=False, person__isnull=True)
                | (~Q(kind=AccountKind.OFFICER) & Q(officer__isnull=True)),
            ),
            models.CheckConstraint(
                name="identity_account_names_are_lower_case",
                condition=Q(username=Lower(F("username")), email=Lower(F("email"))),
            ),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="identity_account_one_per_email"
            ),
            models.UniqueConstraint(
                fields=["phone"], condition=~Q(phone=""), name="identity_account_one_per_phone"
            ),
            models.CheckConstraint(
                name="identity_account_disabled_with_reason",
                condition=Q(disabled_at__isnull=True, disabled_because="")
                | Q(disabled_at__isnull=False, disabled_because__in=DisabledBecause.values),
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # -- Django's is a plain attribute
        """Say whether the account may be used; Django and allauth ask this."""
        return self.disabled_at is None

    @property
    def is_officer(self) -> bool:
        return self.kind == AccountKind.OFFICER

    def disable(self, because: DisabledBecause, *, at: datetime) -> None:
        """End the right to sign in. Does not save."""
        self.disabled_at, self.disabled_because = at, because

    def enable(self, *, at: datetime) -> None:
        """Give the right to sign in back; the idle days count from now. Does not save."""
        self.disabled_at, self.disabled_because, self.enabled_at = None, "", at


class OldPassword(models.Model):
    """One password hash an account has used; the newest ones may not be chosen again."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="old_passwords")
    password = models.CharField("mật khẩu, băm", max_length=128)
    set_at = models.DateTimeField("đặt lúc")

    class Meta:
        indexes = [models.Index(fields=["account", "-set_at"], name="identity_old_password_newest")]

    def __str__(self) -> str:
        return f"password of account {self.account_id} since {self.set_at:%Y-%m-%d}"
