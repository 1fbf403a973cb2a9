"""Addresses of the partners' pages."""

from django.urls import path

from .views import parcels, payments, reports, settlements, start

PREFIX = "doi-tac/"
app_name = "partners"
MONTH = "quyet-toan/<slug:code>/<slug:month>/"
urlpatterns = [
    path("", start.start, name="start"),
    path("hop-dong/<slug:code>/", start.contract, name="contract"),
    path("giao-dich/", payments.payment_list, name="payments"),
    path("giao-dich/tai-ve/<slug:kind>/", payments.payment_file, name="payment_file"),
    path("buu-gui/", parcels.parcels, name="parcels"),
    path("buu-gui/<path:item>/", parcels.parcel, name="parcel"),
    path("nop-tien/", parcels.hand_in, name="hand_in"),
    path("quyet-toan/", settlements.settlements, name="settlements"),
    path(MONTH, settlements.settlement, name="settlement"),
    path(f"{MONTH}dong-y/", settlements.agree, name="agree"),
    path(f"{MONTH}y-kien/", settlements.dispute, name="dispute"),
    path(f"{MONTH}in/", settlements.print_settlement, name="print_settlement"),
    path(f"{MONTH}tai-ve/<slug:kind>/", settlements.settlement_file, name="settlement_file"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<slug:code>/", reports.report, name="report"),
]
