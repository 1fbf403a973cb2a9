"""Addresses of documents, tasks and work files: each part of the channel brings its own."""

from django.urls import URLPattern

from .agenda.urls import urlpatterns as agenda
from .books.urls import urlpatterns as books
from .files.urls import urlpatterns as files
from .finding.urls import urlpatterns as finding
from .heirs.urls import urlpatterns as heirs
from .incoming.urls import urlpatterns as incoming
from .mail.urls import urlpatterns as mail
from .outgoing.urls import urlpatterns as outgoing
from .reading.urls import urlpatterns as reading
from .searching.urls import urlpatterns as searching
from .sending.urls import urlpatterns as sending
from .tasks.urls import urlpatterns as tasks

PREFIX = "van-ban/"
app_name = "registry"
urlpatterns: list[URLPattern] = [
    *books,
    *files,
    *finding,
    *heirs,
    *incoming,
    *mail,
    *outgoing,
    *reading,
    *searching,
    *sending,
    *tasks,
    *agenda,
]
