"""Addresses of the kit: an open session, files on their way, the gallery outside production."""

from django.conf import settings
from django.urls import include, path

from . import places, tongues, uploads, views

PREFIX = ""
app_name = "kit"
urlpatterns = [
    path("con-lam-viec/", views.keep_alive, name="keep_alive"),
    path("noi-lam-viec/", places.choose_place, name="choose_place"),
    path("ngon-ngu/", tongues.choose, name="choose_language"),
    path("tep/", include(uploads.urlpatterns)),
]

if getattr(settings, "SHOW_GALLERY", True):
    urlpatterns += [
        path("bo-giao-dien/", views.gallery, name="gallery"),
        path("bo-giao-dien/<slug:page>/", views.gallery, name="gallery_page"),
    ]
