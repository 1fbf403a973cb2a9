"""Addresses of what is left by those who ended."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("ke-tuc/", views.estates, name="estates"),
    path("ke-tuc/<int:agency_id>/", views.estate, name="estate"),
    path("ke-tuc/don-vi/<int:unit_id>/", views.ended_unit, name="ended_unit"),
]
