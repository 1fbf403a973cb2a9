"""Addresses of the counter."""

from django.urls import path

from .views import dossier, reception, returning, start, waiting

PREFIX = "mot-cua/"
app_name = "counter"
urlpatterns = [
    path("", start.start, name="start"),
    path("tiep-nhan/", reception.receive, name="receive"),
    path("truc-tuyen/", waiting.waiting, name="waiting"),
    path("tra-ket-qua/", returning.returns, name="returns"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/tiep-nhan/", dossier.accept, name="accept"),
    path("ho-so/<str:code>/da-tiep-nhan/", reception.received, name="received"),
    path("ho-so/<str:code>/tu-choi/", dossier.refuse, name="refuse"),
    path("ho-so/<str:code>/tra/", returning.hand_out, name="hand_out"),
    path("ho-so/<str:code>/tep/<int:seq>/", dossier.paper_file, name="paper_file"),
    path("ho-so/<str:code>/anh/<int:seq>/", dossier.paper_preview, name="paper_preview"),
]
