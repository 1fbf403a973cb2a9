"""Addresses of work files: an officer's own, the yearly list, the archive."""

from django.urls import URLPattern, path

from . import archive, compiling, listing, side

side.register()

urlpatterns: list[URLPattern] = [
    path("ho-so/", compiling.work_files, name="work_files"),
    path("ho-so/mo/", compiling.open_new, name="open_work_file"),
    path("ho-so/<str:code>/", compiling.work_file, name="work_file"),
    path("ho-so/<str:code>/them/", compiling.put_in, name="put_in_work_file"),
    path("ho-so/<str:code>/sua/", compiling.change, name="change_work_file"),
    path("ho-so/<str:code>/muc/<int:seq>/", compiling.describe, name="describe_item"),
    path("ho-so/<str:code>/muc/<int:seq>/bo/", compiling.take_out, name="take_out_item"),
    path("ho-so/<str:code>/muc/<int:seq>/tep/", compiling.item_file, name="item_file"),
    path("ho-so/<str:code>/muc/<int:seq>/chuyen/", compiling.move_item, name="move_item"),
    path("ho-so/<str:code>/xep/", compiling.by_day, name="arrange_work_file"),
    path("ho-so/<str:code>/ket-thuc/", compiling.close, name="close_work_file"),
    path("ho-so/<str:code>/mo-lai/", compiling.reopen, name="reopen_work_file"),
    path("ho-so/<str:code>/giu-lai/", archive.keep, name="keep_work_file"),
    path("ho-so/<str:code>/muc-luc.pdf", compiling.contents, name="work_file_contents"),
    path("ho-so/<str:code>/goi.zip", compiling.package, name="work_file_package"),
    path("vb/<str:code>/vao-ho-so/", compiling.file_document, name="file_document"),
    path("danh-muc/", listing.this_year, name="file_lists"),
    path("danh-muc/<int:year>/", listing.year_list, name="file_list"),
    path("danh-muc/<int:year>/dong/", listing.line, name="file_line"),
    path("danh-muc/<int:year>/dong/<int:line_id>/", listing.line, name="file_line_of"),
    path("danh-muc/<int:year>/dong/<int:line_id>/bo/", listing.drop, name="drop_file_line"),
    path("danh-muc/<int:year>/chep/", listing.copy, name="copy_file_list"),
    path("danh-muc/<int:year>/nhap/", listing.from_sheet, name="import_file_list"),
    path("danh-muc/<int:year>/ban-hanh/", listing.approve, name="approve_file_list"),
    path("danh-muc/<int:year>/danh-muc.pdf", listing.printed, name="file_list_pdf"),
    path("nop-luu/", archive.hand_overs, name="hand_overs"),
    path("nop-luu/<str:code>/", archive.hand_over, name="hand_over"),
    path("nop-luu/<str:code>/nhan/", archive.accept, name="accept_hand_over"),
    path("nop-luu/<str:code>/tra-lai/", archive.send_back, name="send_back_hand_over"),
    path("nop-luu/<str:code>/bien-ban.pdf", archive.minutes, name="hand_over_minutes"),
    path("nop-luu/<str:code>/muc-luc.pdf", archive.listed, name="hand_over_list"),
]
