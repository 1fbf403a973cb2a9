"""Addresses of what clerks and leaders do with documents that come in."""

from django.urls import URLPattern, path

from . import originals, slips, views

urlpatterns: list[URLPattern] = [
    path("den/moi/", views.arrival, name="arrival"),
    path("vb/<str:code>/dang-ky/", views.register, name="register"),
    path("vb/<str:code>/tu-choi/", views.refuse, name="refuse"),
    path("vb/<str:code>/trung/<str:other>/", views.link, name="link"),
    path("vb/<str:code>/sua/", views.correct, name="correct"),
    path("vb/<str:code>/trinh/", views.bring, name="bring"),
    path("vb/<str:code>/chuyen/<int:step>/", views.pass_on, name="pass_on"),
    path("vb/<str:code>/chi-dao/<int:step>/", views.direct, name="direct"),
    path("vb/<str:code>/da-doc/<int:step>/", views.mark_read, name="mark_read"),
    path("vb/<str:code>/ket-thuc/", views.finish, name="finish"),
    path("vb/<str:code>/mo-lai/", views.reopen, name="reopen"),
    path("vb/<str:code>/van-ban-mat/", views.purge, name="purge"),
    path("vb/<str:code>/dong-dau-den/", slips.stamp, name="stamp"),
    path("vb/<str:code>/phieu-giai-quyet/", slips.slip, name="routing_slip"),
    path("vb/<str:code>/tep-goc/", originals.originals, name="originals"),
    path("vb/<str:code>/tep-goc/<int:number>/", originals.original, name="original"),
    path("vb/<str:code>/tra-lai/", views.give_back, name="give_back"),
]
