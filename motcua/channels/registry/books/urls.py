"""Addresses of the books of the registry."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("so/", views.books, name="books"),
    path("so/<int:book_id>/", views.book, name="book"),
    path("so/<int:book_id>/in/", views.print_book, name="print_book"),
    path("so/<int:book_id>/ban-khoa/", views.kept_print, name="kept_print"),
    path("so/<int:book_id>/huy-so/", views.cancel, name="cancel_number"),
    path("so/<int:book_id>/khoa/", views.close, name="close_book"),
]
