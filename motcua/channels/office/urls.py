"""Addresses of the office."""

from django.urls import path

from .views import (
    acting,
    asked,
    dossier,
    finding,
    leading,
    listing,
    many,
    papers,
    reporting,
    sharing,
    signing,
    start,
    unit,
    work,
)

PREFIX = "xu-ly/"
app_name = "office"
urlpatterns = [
    path("", start.start, name="start"),
    path("viec/", work.work, name="work"),
    path("viec/nhieu/", many.many, name="many"),
    path("viec/giu/", work.save_view, name="save_view"),
    path("viec/giu/<int:view_id>/bo/", work.drop_view, name="drop_view"),
    path("cho-ky/", leading.sign, name="sign"),
    path("dong-dau/", signing.to_seal, name="to_seal"),
    path("dong-dau/thuc-hien/", signing.seal, name="seal"),
    path("van-ban/<str:code>/", signing.document, name="document"),
    path("van-ban/<str:code>/tep/", signing.document_file, name="document_file"),
    path("van-ban/<str:code>/ky/", signing.sign_again, name="sign_again"),
    path("van-ban/<str:code>/tu-choi/", signing.refuse, name="refuse"),
    path("y-kien/", asked.asked, name="asked"),
    path("don-vi/", unit.unit, name="unit"),
    path("don-vi/<int:unit_id>/", sharing.sharing, name="sharing"),
    path("don-vi/<int:unit_id>/cach-giao/", sharing.set_rules, name="set_rules"),
    path("don-vi/<int:unit_id>/chia-lai/", sharing.share, name="share"),
    path("bao-cao/", reporting.report, name="report"),
    path("bao-cao/in/", reporting.print_report, name="print_report"),
    path("tim/", finding.find, name="find"),
    path("ho-so/", listing.dossiers_list, name="dossiers"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/tep/<int:seq>/", papers.paper_file, name="paper_file"),
    path("ho-so/<str:code>/anh/<int:seq>/", papers.paper_preview, name="paper_preview"),
    path("ho-so/<str:code>/thuc-dia/<int:seq>/", papers.visit_photo, name="visit_photo"),
    path(
        "ho-so/<str:code>/thuc-dia/<int:seq>/nho/",
        papers.visit_photo_preview,
        name="visit_photo_preview",
    ),
    path("ho-so/<str:code>/mau/<str:form>/<int:seq>/", papers.issued, name="issued"),
    path("ho-so/<str:code>/ket-qua/<int:seq>/", papers.outcome, name="outcome"),
    path("ho-so/<str:code>/ket-qua/<int:seq>/tep/", papers.outcome_file, name="outcome_file"),
    path("ho-so/<str:code>/mau-word/<slug:outcome>/", papers.word_draft, name="word_draft"),
    path("ho-so/<str:code>/viec/<slug:slug>/", acting.act, name="act"),
]
