"""Addresses of what is read: the day's start, the lists, one document and its files."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("", views.start, name="start"),
    path("den/", views.incoming, name="incoming"),
    path("di/", views.outgoing, name="outgoing"),
    path("vb/<str:code>/", views.document, name="document"),
    path("vb/<str:code>/tep/<int:seq>/", views.document_file, name="document_file"),
]
