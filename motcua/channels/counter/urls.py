"""Addresses of the counter."""

from django.urls import path

from motcua.casework.dossiers.api import BookKind

from .views import (
    accounts,
    books,
    certifying,
    correcting,
    dossier,
    finding,
    guiding,
    handing,
    papers,
    pending,
    reception,
    returning,
    several,
    start,
    waiting,
)

CERTIFIED = {"kind": BookKind.CERTIFICATION}
PREFIX = "mot-cua/"
app_name = "counter"
urlpatterns = [
    path("", start.start, name="start"),
    path("tim/", finding.find, name="find"),
    path("tai-khoan/", accounts.confirm_account, name="confirm_account"),
    path("tai-khoan/huy-xac-nhan/", accounts.undo_account, name="undo_account"),
    path("tiep-nhan/", reception.receive, name="receive"),
    path("tiep-nhan/nhieu/", several.several, name="several"),
    path("tiep-nhan/nhieu/xong/", several.received_several, name="received_several"),
    path("tiep-nhan/nhieu/in/", several.print_several, name="print_several"),
    path("truc-tuyen/", waiting.waiting, name="waiting"),
    path("cho-nguoi-nop/", pending.pending, name="pending"),
    path("bo-sung/", guiding.supplements, name="supplements"),
    path("chung-thuc/", certifying.certify, name="certify"),
    path("chung-thuc/so/in/", books.print_certifications, name="print_certifications"),
    path("chung-thuc/<str:code>/", certifying.certified, name="certified"),
    path("ban-giao/", handing.hand_overs, name="hand_overs"),
    path("ban-giao/lap/", handing.make_list, name="make_list"),
    path("ban-giao/in/<path:number>/", handing.print_list, name="print_list"),
    path("ban-giao/nhan/<path:number>/", handing.take_over, name="take_over"),
    path("ban-giao/so/<path:number>/", handing.hand_over, name="hand_over"),
    path("so-theo-doi/", books.register, name="register"),
    path("so-theo-doi/in/", books.print_register, name="print_register"),
    path("so-theo-doi/khoa/", books.close_register, name="close_register"),
    path("so-chung-thuc/", books.register, CERTIFIED, name="certifications"),
    path("so-chung-thuc/khoa/", books.close_register, CERTIFIED, name="close_certifications"),
    path("bao-cao/", books.report, name="report"),
    path("bao-cao/in/", books.print_report, name="print_report"),
    path("tra-ket-qua/", returning.returns, name="returns"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/tiep-nhan/", dossier.accept, name="accept"),
    path("ho-so/<str:code>/da-tiep-nhan/", reception.received, name="received"),
    path("ho-so/<str:code>/danh-sach/", several.person_list, name="person_list"),
    path("ho-so/<str:code>/sua/", correcting.correct, name="correct"),
    path("ho-so/<str:code>/tu-choi/", dossier.refuse, name="refuse"),
    path("ho-so/<str:code>/huong-dan/", guiding.guide, name="guide"),
    path("ho-so/<str:code>/nhan-bo-sung/", guiding.supply, name="supply"),
    path("ho-so/<str:code>/nop-tien/", pending.charge, name="charge"),
    path("ho-so/<str:code>/xac-nhan/", pending.confirm, name="confirm"),
    path("ho-so/<str:code>/ket-qua/<int:seq>/", pending.outcome, name="outcome"),
    path("ho-so/<str:code>/rut/", guiding.withdraw, name="withdraw"),
    path("ho-so/<str:code>/giay-hen/", papers.slip, name="slip"),
    path("ho-so/<str:code>/giay/<str:form>/", papers.paper, name="paper"),
    path("ho-so/<str:code>/giay/<str:form>/<int:seq>/", papers.paper, name="paper_issued"),
    path("ho-so/<str:code>/tra/", returning.hand_out, name="hand_out"),
    path("ho-so/<str:code>/tep/<int:seq>/", dossier.paper_file, name="paper_file"),
    path("ho-so/<str:code>/anh/<int:seq>/", dossier.paper_preview, name="paper_preview"),
]
