"""Addresses of the full-text search."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("tim/", views.search_page, name="search"),
    path("tim/luu/", views.save, name="save_search"),
    path("tim/bo/<int:search_id>/", views.drop, name="drop_search"),
]
