"""Addresses of the portal."""

from django.urls import include, path

from .views import (
    calendars,
    dossier_acts,
    dossiers,
    draft_end,
    drafts,
    figures,
    home,
    issued,
    lookup,
    own_signing,
    paying,
    procedures,
    promises,
    receipts,
    signatures,
    supplying,
)

PREFIX = ""
app_name = "portal"

DRAFT = [
    path("truong-hop/", drafts.case, name="draft_case"),
    path("nguoi-nop/", drafts.who, name="draft_people"),
    path("to-khai/<int:number>/", drafts.page, name="draft_page"),
    path("giay-to/", draft_end.papers, name="draft_papers"),
    path("giay-to/<int:index>/", draft_end.attached, name="draft_file"),
    path("giay-to/<int:index>/anh/", draft_end.preview, name="draft_preview"),
    path("giay-to/<int:index>/bo/", draft_end.detach, name="draft_detach"),
    path("giay-to/<int:index>/chu-ky/", draft_end.signatures, name="draft_signatures"),
    path("giay-to/<int:index>/chu-ky/dang-kiem-tra/", draft_end.signatures_part),
    path("to-khai.pdf", own_signing.draft_form, name="draft_form"),
    path("to-khai-da-ky.pdf", own_signing.draft_form_signed, name="draft_form_signed"),
    path("ky-so/", own_signing.draft_sign, name="draft_sign"),
    path("nhan-ket-qua/", drafts.return_way, name="draft_return"),
    path("kiem-tra/", draft_end.check, name="draft_check"),
    path("bo/", drafts.discard, name="draft_discard"),
]

SIGNING = [
    path("", own_signing.own_signing, name="own_signing"),
    path("chung-thu/", own_signing.choose, name="own_choose"),
    path("thoi/", own_signing.cancel, name="own_cancel"),
    path("cho-phep/", own_signing.authorise, name="own_authorise"),
    path("gui-ma/", own_signing.send_otp, name="own_otp"),
    path("sang-dich-vu/", own_signing.consent, name="own_consent"),
]

DOSSIER = [
    path("", dossiers.dossier, name="dossier"),
    path("da-nop/", dossiers.filed, name="filed"),
    path("nop-phi/", dossiers.pay_ahead, name="pay_ahead"),
    path("trao-doi/", dossiers.write, name="write"),
    path("bo-sung/", dossier_acts.supply, name="supply"),
    path("bo-sung/ky-so/", supplying.sign, name="supply_sign"),
    path("bo-sung/tep/<int:paper_id>/", supplying.kept_file, name="supply_file"),
    path("bo-sung/tep/<int:paper_id>/bo/", supplying.drop, name="supply_drop"),
    path("rut/", dossier_acts.withdraw, name="withdraw"),
    path("xac-nhan/", dossier_acts.confirm, name="confirm"),
    path("danh-gia/", dossier_acts.rate, name="rate"),
    path("ai-da-xem/", dossiers.looks, name="looks"),
    path("giay/<str:form>/", dossiers.slip, name="latest_slip"),
    path("giay/<str:form>/<int:seq>/", dossiers.slip, name="slip"),
    path("ket-qua/<int:seq>/", dossiers.outcome, name="outcome"),
    path("tep/<int:seq>/", dossiers.paper, name="paper"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("noi-o/", home.choose_place, name="choose_place"),
    path("thu-tuc/", procedures.search, name="procedures"),
    path("linh-vuc/", procedures.browse, name="browse"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("nop-ho-so/", drafts.drafts, name="drafts"),
    path("nop-ho-so/ban-nhap/<str:token>/", include(DRAFT)),
    path("ky-so/da-cho-phep/", own_signing.consented, name="own_consented"),
    path("ky-so/<str:token>/", include(SIGNING)),
    path("nop-ho-so/<str:code>/", drafts.start, name="apply"),
    path("ho-so/", dossiers.own_dossiers, name="dossiers"),
    path("ho-so/<str:code>/", include(DOSSIER)),
    path("thanh-toan/don/<str:token>/", paying.pay, name="pay"),
    path("thanh-toan/don/<str:token>/thu/", paying.mail, name="pay_mail"),
    path("thanh-toan/<str:channel>/bao-co/", paying.notice, name="pay_notice"),
    path("thanh-toan/<str:channel>/tro-ve/", paying.pay_return, name="pay_return"),
    path("so-lieu/", figures.figures, name="figures"),
    path("lich-cong-tac/<str:code>/", calendars.week, name="calendar"),
    path("so-cam-ket/", promises.book, name="ledger"),
    path("so-cam-ket/tep/<path:path>", promises.file, name="ledger_file"),
    path("giay-hen/<str:code>/<str:word>/", promises.slip, name="slip_promise"),
    path("giay-hen/<str:code>/<str:word>/chung-minh.json", promises.slip_file, name="slip_proof"),
    path("giay/<str:token>/", issued.paper, name="issued_paper"),
    path("bien-lai/", receipts.lookup, name="receipts"),
    path("bien-lai/<str:code>/", receipts.receipt, name="receipt"),
    path("bien-lai/<str:code>/pdf/", receipts.pdf, name="receipt_pdf"),
    path("bien-lai/<str:code>/xml/", receipts.xml, name="receipt_xml"),
    path("kiem-tra-chu-ky/", signatures.examine, name="signatures"),
    path("kiem-tra-chu-ky/bien-ban/", signatures.report, name="signature_report"),
    path("kiem-tra-chu-ky/bien-ban/<str:token>/", signatures.kept, name="kept_report"),
    path("kiem-tra-chu-ky/bien-ban/<str:token>/tai-ve/", signatures.kept_file, name="report_file"),
    path("tra-cuu/", lookup.lookup, name="lookup"),
    path("tra-cuu/<str:code>/", lookup.progress, name="progress"),
]
