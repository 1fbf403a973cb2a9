"""The form by which the trail is searched."""

from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.channels.kit.fields import DayField, KitForm, PersonalIdField, SelectField, TextField
from motcua.foundation.audit.api import ATTEMPT, TrailFilter
from motcua.foundation.people import api as people
from motcua.lib.clock import HANOI

from .organisation import ONE_BOX

LONGEST_DAYS = 92
ACTIONS = (("", "Mọi việc"), (ATTEMPT, "Hỏi mở hồ sơ không được biết"))


class SpanForm(KitForm):
    """What to look for, and between which days."""

    subject = TextField(label="Đối tượng, ví dụ dossier:H18…", required=False, look={"width": "20"})
    actor_name = TextField(label="Người làm", required=False, look={"width": "20"})
    earliest = DayField(label="Từ ngày", look=ONE_BOX)
    latest = DayField(label="Đến hết ngày", look=ONE_BOX)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        earliest, latest = values.get("earliest"), values.get("latest")
        if earliest and latest:
            self._check_span(earliest, latest)
        return values

    def _check_span(self, earliest: date, latest: date) -> None:
        if latest < earliest:
            self.add_error("latest", "Ngày cuối không được trước ngày đầu.")
        elif latest - earliest > timedelta(days=LONGEST_DAYS):
            self.add_error("latest", f"Mỗi lần tìm nhiều nhất {LONGEST_DAYS} ngày.")

    def wanted(self) -> TrailFilter:
        """Return what was entered."""
        values = self.cleaned_data
        return TrailFilter(
            earliest=midnight(values["earliest"]),
            before=midnight(values["latest"] + timedelta(days=1)),
            subject=values["subject"],
            actor_name=values["actor_name"],
            action=values.get("action", ""),
            person_id=values.get("personal_id"),
        )


class TrailForm(SpanForm):
    """What was done, perhaps only of one kind."""

    action = SelectField(label="Việc", required=False, choices=ACTIONS)
    field_order = ("subject", "actor_name", "action")


class AccessesForm(SpanForm):
    """The same for who looked at what; a person is named by number."""

    personal_id = PersonalIdField(label="Số định danh của người được xem", required=False)

    def clean_personal_id(self) -> int | None:
        """Return the person; a number nobody has finds nothing."""
        number = self.cleaned_data["personal_id"]
        if not number:
            return None
        person = people.find_person_by_number(number)
        return person.pk if person else 0


def midnight(day: date) -> datetime:
    """Return when the day begins in Hà Nội."""
    return datetime.combine(day, time(), tzinfo=HANOI)
