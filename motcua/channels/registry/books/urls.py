"""Addresses of the books of the registry."""

from django.urls import URLPattern, path

from . import further, series, views

urlpatterns: list[URLPattern] = [
    path("so/", views.books, name="books"),
    path("so/day-so/", series.series, name="series"),
    path("so/day-so/them/", series.begin, name="begin_series"),
    path("so/day-so/<int:series_id>/ket-thuc/", series.end, name="end_series"),
    path("so/<int:book_id>/", views.book, name="book"),
    path("so/<int:book_id>/in/", views.print_book, name="print_book"),
    path("so/<int:book_id>/ban-khoa/", views.kept_print, name="kept_print"),
    path("so/<int:book_id>/ban-khoa/<int:number>/", views.kept_print, name="kept_volume"),
    path("so/<int:book_id>/huy-so/", views.cancel, name="cancel_number"),
    path("so/<int:book_id>/khoa/", views.close, name="close_book"),
    path("so/<int:book_id>/<slug:slug>/", further.further, name="further"),
    path("so/<int:book_id>/<slug:slug>/in/", further.print_further, name="print_further"),
    path("vb/<str:code>/don-doc/", further.remind, name="remind"),
    path("vb/<str:code>/ban-luu/", further.lend_copy, name="lend_copy"),
    path("vb/<str:code>/ban-luu/<int:seq>/tra/", further.take_copy_back, name="take_copy_back"),
]
