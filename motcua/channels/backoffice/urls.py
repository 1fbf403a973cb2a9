"""Addresses of the backoffice."""

from django.urls import path

from .views import (
    access,
    accounts,
    agencies,
    calendars,
    citizens,
    duties,
    importing,
    leavers,
    ledger,
    officers,
    posts,
    procedures,
    settling,
    start,
    texts,
    trail,
    tree,
    trying,
    units,
    word_templates,
)

PREFIX = "quan-tri/"
app_name = "backoffice"

ORGANISATION = [
    path("to-chuc/", tree.tree, name="tree"),
    path("to-chuc/nhap/", importing.import_staff, name="import_staff"),
    path("to-chuc/nhap/thuc-hien/", importing.carry_out, name="carry_out"),
    path("to-chuc/nhap/mau/", importing.staff_template, name="staff_template"),
    path("co-quan/them/", agencies.add_agency, name="add_agency"),
    path("co-quan/<str:code>/", agencies.agency, name="agency"),
    path("co-quan/<str:code>/thay-doi/", agencies.change_agency, name="change_agency"),
    path("co-quan/<str:code>/cham-dut/", agencies.end_agency, name="end_agency"),
    path("co-quan/<str:code>/ke-tuc/", agencies.succeed_agency, name="succeed_agency"),
    path("co-quan/<str:code>/them-don-vi/", units.add_unit, name="add_unit"),
    path("don-vi/<str:code>/", units.unit, name="unit"),
    path("don-vi/<str:code>/thay-doi/", units.change_unit, name="change_unit"),
    path("don-vi/<str:code>/cham-dut/", units.end_unit, name="end_unit"),
    path("don-vi/<str:code>/ke-tuc/", units.succeed_unit, name="succeed_unit"),
    path("don-vi/<str:code>/lich/", units.follow_calendar, name="follow_calendar"),
    path("don-vi/<str:code>/them-vi-tri/", units.add_post, name="add_post"),
    path("vi-tri/<str:code>/", posts.post, name="post"),
    path("vi-tri/<str:code>/giao/", posts.fill_post, name="fill_post"),
    path("vi-tri/<str:code>/thoi-giu/", posts.leave_post, name="leave_post"),
    path("vi-tri/<str:code>/cham-dut/", posts.end_post, name="end_post"),
    path("can-bo/", officers.officers, name="officers"),
    path("can-bo/them/", officers.add_officer, name="add_officer"),
    path("can-bo/<str:code>/", officers.officer, name="officer"),
    path("can-bo/<str:code>/giao-vi-tri/", officers.seat_officer, name="seat_officer"),
    path("can-bo/<str:code>/thoi-viec/", officers.let_go, name="let_go"),
]
ACCOUNTS = [
    path("tai-khoan/", accounts.accounts, name="accounts"),
    path("tai-khoan/them/", accounts.add_account, name="add_account"),
    path("tai-khoan/cong-dan/huy-xac-nhan/", citizens.undo_account, name="undo_account"),
    path("tai-khoan/<str:username>/", accounts.account, name="account"),
    path("tai-khoan/<str:username>/mat-khau/", accounts.reset_password, name="reset_password"),
    path(
        "tai-khoan/<str:username>/xac-thuc-hai-lop/",
        accounts.reset_second_factor,
        name="reset_second_factor",
    ),
    path("tai-khoan/<str:username>/viec-do-dang/", leavers.open_work, name="open_work"),
    path("tai-khoan/<str:username>/<slug:change>/", accounts.change_account, name="change_account"),
    path("uy-quyen/", access.delegations, name="delegations"),
    path("uy-quyen/them/", access.delegate, name="delegate"),
    path("uy-quyen/<int:delegation_id>/thu-hoi/", access.revoke, name="revoke"),
    path("quyen/", access.powers, name="powers"),
]
CALENDARS = [
    path("lich/", calendars.calendars, name="calendars"),
    path("lich/them/", calendars.add_calendar, name="add_calendar"),
    path("lich/<slug:code>/", calendars.show_calendar, name="calendar"),
    path("lich/<slug:code>/ngay/", calendars.set_days, name="set_days"),
    path("lich/<slug:code>/hoan-doi/", calendars.swap_days, name="swap_days"),
    path("lich/<slug:code>/bo-ngay/", calendars.remove_day, name="remove_day"),
    path("lich/<slug:code>/gio/", calendars.set_hours, name="set_hours"),
]
PROCEDURES = [
    path("thu-tuc/", procedures.procedure_list, name="procedures"),
    path("thu-tuc/them/", procedures.edit, name="add_procedure"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/soan/", procedures.edit, name="edit_procedure"),
    path("thu-tuc/<str:code>/bai-bo/", procedures.withdraw, name="withdraw"),
    path("thu-tuc/<str:code>/<int:number>/", procedures.version, name="version"),
    path("thu-tuc/<str:code>/<int:number>/cong-khai/", procedures.publish, name="publish"),
    path("thu-tuc/<str:code>/<int:number>/lam-ro/<str:key>/", settling.settle, name="settle"),
    path("thu-tuc/<str:code>/<int:number>/thu/", trying.try_form, name="try_form"),
    path("thu-tuc/<str:code>/mau-word/", word_templates.templates, name="word_templates"),
    path(
        "thu-tuc/<str:code>/mau-word/<slug:outcome>/thu/",
        word_templates.rehearse,
        name="try_word_template",
    ),
    path(
        "thu-tuc/<str:code>/mau-word/<slug:outcome>/dung/",
        word_templates.carry_out,
        name="use_word_template",
    ),
    path(
        "thu-tuc/<str:code>/mau-word/ban-thu/<str:token>/",
        word_templates.trial_pdf,
        name="word_trial",
    ),
    path(
        "thu-tuc/<str:code>/mau-word/<slug:outcome>/<int:number>/tep/",
        word_templates.download,
        name="word_template_file",
    ),
    path(
        "thu-tuc/<str:code>/mau-word/<slug:outcome>/<int:number>/xem/",
        word_templates.look,
        name="word_template_pdf",
    ),
    path(
        "thu-tuc/<str:code>/mau-word/<slug:outcome>/<int:number>/bo/",
        word_templates.withdraw,
        name="drop_word_template",
    ),
    path("viec/", duties.duties, name="duties"),
]
TEXTS = [
    path("thong-bao/", texts.texts, name="texts"),
    path("thong-bao/<str:code>/", texts.edit_text, name="edit_text"),
    path("danh-muc/", texts.lists, name="lists"),
    path("danh-muc/them/", texts.add_list, name="add_list"),
    path("danh-muc/<slug:code>/", texts.edit_list, name="list"),
    path("nhat-ky/", trail.trail, name="trail"),
    path("nhat-ky/da-xem/", trail.accesses, name="accesses"),
]
urlpatterns = [
    path("", start.start, name="start"),
    path("gui-lai/<int:delivery_id>/", start.retry, name="retry"),
    path("so-cam-ket/", ledger.book, name="ledger"),
    *ORGANISATION,
    *ACCOUNTS,
    *CALENDARS,
    *PROCEDURES,
    *TEXTS,
]
