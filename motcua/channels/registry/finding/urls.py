"""Addresses of the search for documents."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("tra-cuu/", views.find_page, name="find_documents"),
    path("tra-cuu/luu/", views.save, name="save_finding"),
    path("tra-cuu/bo/<int:search_id>/", views.drop, name="drop_finding"),
]
