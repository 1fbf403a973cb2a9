"""What is asked about telling other systems."""

from datetime import datetime, time

from motcua.channels.kit.fields import DayField, KitForm
from motcua.lib.clock import HANOI


class ReplayForm(KitForm):
    """From which day on everything is sent once more."""

    day = DayField(label="Từ đầu ngày", look={"single": True})

    def since(self) -> datetime:
        """Return the first moment of the day."""
        return datetime.combine(self.cleaned_data["day"], time.min, HANOI)
