"""Addresses for partners' machines."""

from django.urls import path

from . import views

PREFIX = ""
app_name = "payment_gateways"
urlpatterns = [
    path("ngan-hang/bao-co/", views.bank_notice, name="bank_notice"),
    path("thanh-toan-quoc-gia/tra-cuu/", views.look_up_bill, name="look_up_bill"),
]
