"""What is asked about telling other systems."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from motcua.casework.webhooks.api import Kind, Subscription, SubscriptionIn
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    SelectField,
    TextField,
)
from motcua.foundation.clients.api import Client
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import HANOI

OWN = "own"


class HookForm(KitForm):
    """What is told, and where."""

    name = TextField(label="Tên", max_length=200)
    url = TextField(
        label="Nơi nhận",
        max_length=500,
        help_text="Địa chỉ https công khai, ví dụ https://he-thong.vn/nhan-tin.",
    )
    kinds = ManyField(label="Loại tin", required=False, choices=Kind.choices)
    agencies = LongTextField(
        label="Cơ quan", required=False, max_length=4000, help_text="Mỗi dòng một mã, như H18.101."
    )

    def given(self) -> SubscriptionIn:
        """Return what was entered."""
        values = self.cleaned_data
        codes = values["agencies"].replace(",", " ").split()
        return SubscriptionIn(values["url"], values["name"], values["kinds"], codes)


class NewHookForm(HookForm):
    """Who is told, of what, and where."""

    who = SelectField(
        label="Báo cho",
        help_text="Ứng dụng chỉ được báo về những gì phạm vi của nó cho đọc.",
    )
    field_order = ("who",)

    def __init__(self, *args: Any, found: Sequence[Client], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living = [(str(one.pk), one.name) for one in found]
        self.fields["who"].choices = [*living, (OWN, "Chính tài khoản của tôi")]  # type: ignore[attr-defined]  # -- a field with choices

    def application_id(self) -> int | None:
        """Return which application is told, None where it is the account of who asks."""
        who = self.cleaned_data["who"]
        return None if who == OWN else int(who)

    def given(self) -> SubscriptionIn:
        """Return what was entered."""
        return replace(super().given(), application_id=self.application_id())


def kept_in(row: Subscription) -> dict[str, Any]:
    """Return what a form about the subscription begins with."""
    tree = organisation.tree()
    codes = [tree.agency(one).code for one in row.agency_ids]
    return {"name": row.name, "url": row.url, "kinds": row.kinds, "agencies": "\n".join(codes)}


class ReplayForm(KitForm):
    """From which day on, and to the end of which, everything is sent once more."""

    day = DayField(label="Từ đầu ngày", look={"single": True})
    until = DayField(
        label="Đến hết ngày",
        required=False,
        look={"single": True},
        help_text="Để trống: tới bây giờ.",
    )

    def span(self) -> tuple[datetime, datetime | None]:
        """Return the first moment, and the first that is not meant any more."""
        until = self.cleaned_data["until"]
        return (
            datetime.combine(self.cleaned_data["day"], time.min, HANOI),
            datetime.combine(until + timedelta(days=1), time.min, HANOI) if until else None,
        )
