"""Addresses of the weekly calendar."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("lich/", views.week, name="agenda"),
    path("lich/in/", views.printed, name="agenda_print"),
    path("lich/dang-ky/", views.propose, name="propose_entry"),
    path("lich/cong-bo/", views.publish, name="publish_week"),
    path("lich/dia-chi-rieng/", views.feed, name="agenda_feed"),
    path("lich/ics/<str:token>.ics", views.calendar_file, name="agenda_ics"),
    path("lich/<str:code>/", views.entry, name="agenda_entry"),
    path("lich/<str:code>/sua/", views.change, name="change_entry"),
    path("lich/<str:code>/duyet/", views.approve, name="approve_entry"),
    path("lich/<str:code>/khong-duyet/", views.decline, name="decline_entry"),
    path("lich/<str:code>/hoan/", views.cancel, name="cancel_entry"),
    path("lich/<str:code>/tep/<int:seq>/", views.entry_file, name="agenda_file"),
]
