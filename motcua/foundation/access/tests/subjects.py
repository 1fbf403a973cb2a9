"""A list-bearing room in miniature: parcels and their scope rows, outside the site's own models."""

from datetime import UTC, datetime, timedelta

from django.db import connection, models
from django.test.utils import isolate_apps

from motcua.foundation.access.models import ScopeRow, newest_first, one_row_per_unit

NEW_YEAR = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)

with isolate_apps("motcua.foundation.access"):

    class Parcel(models.Model):
        """One subject of a list."""

        sort_at = models.DateTimeField()
        secrecy = models.SmallIntegerField(default=0)
        is_open = models.BooleanField(default=True)

        class Meta:
            app_label = "access"
            indexes = [models.Index(fields=["-sort_at", "-id"], name="parcel_newest")]

        def __str__(self) -> str:
            return f"parcel {self.pk}"

    class ParcelScope(ScopeRow):
        """One unit's part in one parcel."""

        SUBJECT = "parcel"
        parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="+")
        is_open = models.BooleanField(default=True)

        class Meta:
            app_label = "access"
            constraints = [one_row_per_unit("parcel", "parcel_scope_once")]
            indexes = [newest_first("parcel", "parcel_scope_newest")]

        def __str__(self) -> str:
            return f"parcel {self.parcel.pk} in unit {self.unit_id}"


_PARCELS: models.Manager[Parcel] = Parcel._meta.base_manager
_ROWS: models.Manager[ParcelScope] = ParcelScope._meta.base_manager


def create_tables() -> None:
    """Create both tables in the test's own transaction."""
    with connection.schema_editor() as editor:
        editor.create_model(Parcel)
        editor.create_model(ParcelScope)


def make_parcel(
    *units: int, hours: int = 0, secrecy: int = 0, is_open: bool = True, role: str = "handling"
) -> int:
    """Return the id of a stored parcel in which the units take part, `hours` after New Year."""
    at = NEW_YEAR + timedelta(hours=hours)
    parcel = _PARCELS.create(sort_at=at, secrecy=secrecy, is_open=is_open)
    _ROWS.bulk_create(
        ParcelScope(
            parcel=parcel, unit_id=unit, role=role, secrecy=secrecy, sort_at=at, is_open=is_open
        )
        for unit in units
    )
    return int(parcel.pk)
