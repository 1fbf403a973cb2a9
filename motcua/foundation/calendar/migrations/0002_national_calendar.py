from datetime import date

from django.db import migrations

LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
YEARLY_SWAP = "Văn bản hoán đổi ngày làm việc của năm"
SWAP_OF_JANUARY_2026 = "12729/VPCP-KGVX ngày 25/12/2025"
# On, kind, note, the day it replaces, basis. From the package `holidays` 0.109, with the pair of
# January 2026 that it lacks; the Lunar New Year of 2027 is projected.
DAYS = (
    ("2025-01-01", "off", "Tết Dương lịch", None, LABOUR_CODE),
    ("2025-01-27", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2025-01-28", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2025-01-29", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2025-01-30", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2025-01-31", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2025-02-01", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2025-04-07", "off", "Ngày Giỗ Tổ Hùng Vương", None, LABOUR_CODE),
    ("2025-04-26", "worked", "Làm bù cho ngày 02/05/2025", "2025-05-02", YEARLY_SWAP),
    ("2025-04-30", "off", "Ngày Chiến thắng", None, LABOUR_CODE),
    ("2025-05-01", "off", "Ngày Quốc tế Lao động", None, LABOUR_CODE),
    ("2025-05-02", "off", "Nghỉ hoán đổi, làm bù ngày 26/04/2025", None, YEARLY_SWAP),
    ("2025-09-01", "off", "Quốc khánh", None, LABOUR_CODE),
    ("2025-09-02", "off", "Quốc khánh", None, LABOUR_CODE),
    ("2026-01-01", "off", "Tết Dương lịch", None, LABOUR_CODE),
    ("2026-01-02", "off", "Nghỉ hoán đổi, làm bù ngày 10/01/2026", None, SWAP_OF_JANUARY_2026),
    ("2026-01-10", "worked", "Làm bù cho ngày 02/01/2026", "2026-01-02", SWAP_OF_JANUARY_2026),
    ("2026-02-16", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2026-02-17", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2026-02-18", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2026-02-19", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2026-02-20", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2026-04-26", "off", "Ngày Giỗ Tổ Hùng Vương", None, LABOUR_CODE),
    ("2026-04-27", "off", "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", None, LABOUR_CODE),
    ("2026-04-30", "off", "Ngày Chiến thắng", None, LABOUR_CODE),
    ("2026-05-01", "off", "Ngày Quốc tế Lao động", None, LABOUR_CODE),
    ("2026-08-22", "worked", "Làm bù cho ngày 31/08/2026", "2026-08-31", YEARLY_SWAP),
    ("2026-08-31", "off", "Nghỉ hoán đổi, làm bù ngày 22/08/2026", None, YEARLY_SWAP),
    ("2026-09-01", "off", "Quốc khánh", None, LABOUR_CODE),
    ("2026-09-02", "off", "Quốc khánh", None, LABOUR_CODE),
    ("2026-11-24", "off", "Ngày Văn hóa Việt Nam", None, LABOUR_CODE),
    ("2027-01-01", "off", "Tết Dương lịch", None, LABOUR_CODE),
    ("2027-02-04", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2027-02-05", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2027-02-06", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2027-02-07", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2027-02-08", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2027-02-09", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2027-02-10", "off", "Tết Nguyên đán", None, LABOUR_CODE),
    ("2027-04-16", "off", "Ngày Giỗ Tổ Hùng Vương", None, LABOUR_CODE),
    ("2027-04-30", "off", "Ngày Chiến thắng", None, LABOUR_CODE),
    ("2027-05-01", "off", "Ngày Quốc tế Lao động", None, LABOUR_CODE),
    ("2027-05-03", "off", "Ngày Quốc tế Lao động (nghỉ bù)", None, LABOUR_CODE),
    ("2027-09-02", "off", "Quốc khánh", None, LABOUR_CODE),
    ("2027-09-03", "off", "Quốc khánh", None, LABOUR_CODE),
    ("2027-11-24", "off", "Ngày Văn hóa Việt Nam", None, LABOUR_CODE),
)
HOURS = ((450, 720), (810, 1020))  # 07:30-12:00, 13:30-17:00


def seed(apps, schema_editor):
    """Make the calendar that every agency follows unless it has its own; can be run twice."""
    calendars = apps.get_model("calendar", "WorkCalendar").objects
    national, is_new = calendars.get_or_create(
        code="national", defaults={"name": "Giờ hành chính chung"}
    )
    if not is_new:
        return
    OpeningHours = apps.get_model("calendar", "OpeningHours")
    OpeningHours.objects.bulk_create(
        OpeningHours(
            calendar=national, weekday=weekday, opens=opens, closes=closes, valid_from=date(2000, 1, 1)
        )
        for weekday in range(5)
        for opens, closes in HOURS
    )
    CalendarDay = apps.get_model("calendar", "CalendarDay")
    CalendarDay.objects.bulk_create(
        CalendarDay(on=on, kind=kind, note=note, replaces=replaces, basis=basis)
        for on, kind, note, replaces, basis in DAYS
    )


class Migration(migrations.Migration):
    """The common office hours, and the days off of 2025 to 2027."""

    dependencies = [("calendar", "0001_calendars_days_hours")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
