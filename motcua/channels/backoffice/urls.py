"""Addresses of the backoffice."""

from django.urls import path

from .views import agencies, importing, officers, posts, start, tree, units

PREFIX = "quan-tri/"
app_name = "backoffice"

ORGANISATION = [
    path("to-chuc/", tree.tree, name="tree"),
    path("to-chuc/nhap/", importing.import_staff, name="import_staff"),
    path("to-chuc/nhap/thuc-hien/", importing.carry_out, name="carry_out"),
    path("to-chuc/nhap/mau/", importing.staff_template, name="staff_template"),
    path("co-quan/them/", agencies.add_agency, name="add_agency"),
    path("co-quan/<str:code>/", agencies.agency, name="agency"),
    path("co-quan/<str:code>/thay-doi/", agencies.change_agency, name="change_agency"),
    path("co-quan/<str:code>/cham-dut/", agencies.end_agency, name="end_agency"),
    path("co-quan/<str:code>/ke-tuc/", agencies.succeed_agency, name="succeed_agency"),
    path("co-quan/<str:code>/them-don-vi/", units.add_unit, name="add_unit"),
    path("don-vi/<str:code>/", units.unit, name="unit"),
    path("don-vi/<str:code>/thay-doi/", units.change_unit, name="change_unit"),
    path("don-vi/<str:code>/cham-dut/", units.end_unit, name="end_unit"),
    path("don-vi/<str:code>/ke-tuc/", units.succeed_unit, name="succeed_unit"),
    path("don-vi/<str:code>/lich/", units.follow_calendar, name="follow_calendar"),
    path("don-vi/<str:code>/them-vi-tri/", units.add_post, name="add_post"),
    path("vi-tri/<str:code>/", posts.post, name="post"),
    path("vi-tri/<str:code>/giao/", posts.fill_post, name="fill_post"),
    path("vi-tri/<str:code>/thoi-giu/", posts.leave_post, name="leave_post"),
    path("vi-tri/<str:code>/cham-dut/", posts.end_post, name="end_post"),
    path("can-bo/", officers.officers, name="officers"),
    path("can-bo/them/", officers.add_officer, name="add_officer"),
    path("can-bo/<str:code>/", officers.officer, name="officer"),
    path("can-bo/<str:code>/giao-vi-tri/", officers.seat_officer, name="seat_officer"),
    path("can-bo/<str:code>/thoi-viec/", officers.let_go, name="let_go"),
]
urlpatterns = [
    path("", start.start, name="start"),
    path("gui-lai/<int:delivery_id>/", start.retry, name="retry"),
    *ORGANISATION,
]
