"""Addresses of documents being written."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("di/moi/", views.new_draft, name="new_draft"),
    path("di/mau/<int:kind>/", views.template, name="draft_template"),
    path("vb/<str:code>/sua-du-thao/", views.revise, name="revise"),
    path("vb/<str:code>/xem-truoc/", views.preview, name="preview"),
    path("vb/<str:code>/gop-y/", views.comment, name="comment"),
    path("vb/<str:code>/giai-trinh/<int:seq>/", views.settle, name="settle"),
    path("vb/<str:code>/trinh-duyet/", views.submit, name="submit"),
    path("vb/<str:code>/rut/", views.take_back, name="take_back"),
    path("vb/<str:code>/huy/", views.drop, name="drop"),
    path("vb/<str:code>/duyet/<int:step>/", views.approve, name="approve"),
    path("vb/<str:code>/tra-du-thao/<int:step>/", views.send_back, name="send_back"),
    path("vb/<str:code>/ky/<int:step>/", views.sign, name="sign_draft"),
    path("vb/<str:code>/ban-giay/<int:step>/", views.issue_on_paper, name="issue_on_paper"),
]
