"""Addresses of the calendars and of their changes."""

from django.urls import path

from .views import calendar_changes, calendars

CALENDARS = [
    path("lich/", calendars.calendars, name="calendars"),
    path("lich/them/", calendars.add_calendar, name="add_calendar"),
    path("lich/thay-doi/<int:change_id>/", calendar_changes.show_change, name="calendar_change"),
    path(
        "lich/thay-doi/<int:change_id>/ho-so/",
        calendar_changes.shifted,
        name="calendar_change_dossiers",
    ),
    path(
        "lich/thay-doi/<int:change_id>/bang/",
        calendar_changes.export_shifted,
        name="calendar_change_export",
    ),
    path(
        "lich/thay-doi/<int:change_id>/co-quan/<str:code>/",
        calendar_changes.shifted_in_agency,
        name="calendar_change_agency",
    ),
    path(
        "lich/thay-doi/<int:change_id>/tinh-lai/",
        calendar_changes.measure,
        name="measure_calendar_change",
    ),
    path(
        "lich/thay-doi/<int:change_id>/them-ngay/",
        calendar_changes.add_days,
        name="add_to_calendar_change",
    ),
    path(
        "lich/thay-doi/<int:change_id>/ap-dung/",
        calendar_changes.apply,
        name="apply_calendar_change",
    ),
    path(
        "lich/thay-doi/<int:change_id>/rut/",
        calendar_changes.withdraw,
        name="withdraw_calendar_change",
    ),
    path(
        "lich/thay-doi/<int:change_id>/thu-lai/",
        calendar_changes.retry,
        name="retry_calendar_change",
    ),
    path("lich/thay-doi/<int:change_id>/bo/", calendar_changes.undo, name="undo_calendar_change"),
    path("lich/<slug:code>/", calendars.show_calendar, name="calendar"),
    path("lich/<slug:code>/ngay/", calendars.set_days, name="set_days"),
    path("lich/<slug:code>/hoan-doi/", calendars.swap_days, name="swap_days"),
    path("lich/<slug:code>/bo-ngay/", calendars.remove_day, name="remove_day"),
    path("lich/<slug:code>/gio/", calendars.set_hours, name="set_hours"),
]
