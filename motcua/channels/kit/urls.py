"""Addresses of the kit: keeping a session open, and the gallery outside production."""

from django.conf import settings
from django.urls import path

from . import views

PREFIX = ""
app_name = "kit"
urlpatterns = [path("con-lam-viec/", views.keep_alive, name="keep_alive")]

if getattr(settings, "SHOW_GALLERY", True):
    urlpatterns += [
        path("bo-giao-dien/", views.gallery, name="gallery"),
        path("bo-giao-dien/<slug:page>/", views.gallery, name="gallery_page"),
    ]
