"""Addresses of secondments and of the library of reasons."""

from django.urls import path

from .views import reasons, secondments

HALL = [
    path("biet-phai/", secondments.listed, name="secondments"),
    path("biet-phai/them/", secondments.add, name="add_secondment"),
    path("biet-phai/<int:secondment_id>/gia-han/", secondments.renew, name="renew_secondment"),
    path("biet-phai/<int:secondment_id>/thoi/", secondments.end, name="end_secondment"),
    path("ly-do/", reasons.listed, name="standard_reasons"),
    path("ly-do/them/", reasons.add, name="add_standard_reason"),
    path("ly-do/<int:reason_id>/", reasons.shown, name="standard_reason"),
    path("ly-do/<int:reason_id>/sua/", reasons.edit, name="edit_standard_reason"),
    path("ly-do/<int:reason_id>/thoi-dung/", reasons.retire, name="retire_standard_reason"),
    path("ly-do/<int:reason_id>/dung-lai/", reasons.take_up, name="take_up_standard_reason"),
]
