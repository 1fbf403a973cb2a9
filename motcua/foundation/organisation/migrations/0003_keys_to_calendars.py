import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The number of a calendar becomes a key to it."""

    dependencies = [
        ("calendar", "0001_calendars_days_hours"),
        ("organisation", "0002_same_agency_and_tree_versions"),
    ]

    operations = [
        migrations.RenameField("unit", "calendar_id", "calendar"),
        migrations.RenameField("calendaruse", "calendar_id", "calendar"),
        migrations.AlterField(
            "unit",
            "calendar",
            models.ForeignKey(
                "calendar.WorkCalendar",
                on_delete=django.db.models.deletion.PROTECT,
                null=True,
                blank=True,
                related_name="+",
                verbose_name="lịch làm việc riêng",
            ),
        ),
        migrations.AlterField(
            "calendaruse",
            "calendar",
            models.ForeignKey(
                "calendar.WorkCalendar",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                verbose_name="lịch làm việc",
            ),
        ),
    ]
