"""Addresses of documents, tasks and work files: each part of the channel brings its own."""

from django.urls import URLPattern

from .incoming.urls import urlpatterns as incoming
from .outgoing.urls import urlpatterns as outgoing
from .reading.urls import urlpatterns as reading

PREFIX = "van-ban/"
app_name = "registry"
urlpatterns: list[URLPattern] = [*incoming, *outgoing, *reading]
