"""Forms for procedure packs."""

from motcua.casework.packs import api as packs
from motcua.channels.kit.fields import DayField, KitForm, UploadField


class PackForm(KitForm):
    """A ZIP of one pack or several."""

    file = UploadField(
        label="Gói thủ tục (tệp .zip)",
        accept=".zip,application/zip",
        max_bytes=packs.MOST_ARCHIVE,
    )


class PackDraftForm(KitForm):
    """From which day the draft is meant to be in force."""

    valid_from = DayField(
        label="Dự kiến hiệu lực từ",
        help_text="Sửa được trước khi công khai.",
    )
