"""Forms for moving running dossiers onto a new version."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.procedures.api import ProcedureVersion
from motcua.casework.processes.api import StepDef
from motcua.channels.kit.fields import DayField, KitForm, LongTextField, SelectField, TextField

MAP = "thay_"
STAYS = ("", "Không chuyển hồ sơ ở bước này")


class ChooseForm(KitForm):
    """Which dossiers are looked at, and which steps stand in for those that are gone."""

    def __init__(
        self,
        *args: Any,
        versions: Sequence[tuple[ProcedureVersion, bool]],
        gone: Sequence[StepDef] = (),
        there: Sequence[StepDef] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        old = [(str(one.number), words_of(one)) for one, is_used in versions if is_used]
        self.fields["tu"] = SelectField(label="Hồ sơ đang theo phiên bản", choices=old)
        self.fields["co_quan"] = TextField(
            label="Chỉ của cơ quan (mã)", required=False, help_text="Bỏ trống là mọi cơ quan."
        )
        self.fields["ma"] = LongTextField(
            label="Chỉ những hồ sơ này",
            required=False,
            help_text="Mỗi dòng một mã hồ sơ; bỏ trống là tất cả.",
        )
        for step in gone:
            like = [(one.code, one.name) for one in there if one.kind == step.kind]
            self.fields[f"{MAP}{step.code}"] = SelectField(
                label=f"Bước “{step.name}” không còn; đi tiếp ở",
                choices=[STAYS, *like],
                required=False,
            )

    def step_map(self) -> dict[str, str]:
        """Return the steps that stand in for others."""
        return {
            name.removeprefix(MAP): value
            for name, value in self.cleaned_data.items()
            if name.startswith(MAP) and value
        }

    def codes(self) -> tuple[str, ...]:
        """Return the codes of dossiers, none for all."""
        return tuple(dict.fromkeys(str(self.cleaned_data.get("ma") or "").split()))


class DecideForm(KitForm):
    """By which document."""

    decision_number = TextField(label="Số quyết định", max_length=100)
    decision_on = DayField(label="Ngày quyết định")
    reason = TextField(label="Lý do", max_length=1000)


def words_of(version: ProcedureVersion) -> str:
    """Return a version as people choose it."""
    return f"Phiên bản {version.number} (từ {version.valid_from:%d/%m/%Y})"
