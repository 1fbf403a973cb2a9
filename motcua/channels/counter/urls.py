"""Addresses of the counter."""

from django.urls import path

from .views import dossier, guiding, papers, reception, returning, start, waiting

PREFIX = "mot-cua/"
app_name = "counter"
urlpatterns = [
    path("", start.start, name="start"),
    path("tiep-nhan/", reception.receive, name="receive"),
    path("truc-tuyen/", waiting.waiting, name="waiting"),
    path("bo-sung/", guiding.supplements, name="supplements"),
    path("tra-ket-qua/", returning.returns, name="returns"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/tiep-nhan/", dossier.accept, name="accept"),
    path("ho-so/<str:code>/da-tiep-nhan/", reception.received, name="received"),
    path("ho-so/<str:code>/danh-sach/", reception.person_list, name="person_list"),
    path("ho-so/<str:code>/tu-choi/", dossier.refuse, name="refuse"),
    path("ho-so/<str:code>/huong-dan/", guiding.guide, name="guide"),
    path("ho-so/<str:code>/nhan-bo-sung/", guiding.supply, name="supply"),
    path("ho-so/<str:code>/rut/", guiding.withdraw, name="withdraw"),
    path("ho-so/<str:code>/giay-hen/", papers.slip, name="slip"),
    path("ho-so/<str:code>/giay/<str:form>/", papers.paper, name="paper"),
    path("ho-so/<str:code>/giay/<str:form>/<int:seq>/", papers.paper, name="paper_issued"),
    path("ho-so/<str:code>/tra/", returning.hand_out, name="hand_out"),
    path("ho-so/<str:code>/tep/<int:seq>/", dossier.paper_file, name="paper_file"),
    path("ho-so/<str:code>/anh/<int:seq>/", dossier.paper_preview, name="paper_preview"),
]
