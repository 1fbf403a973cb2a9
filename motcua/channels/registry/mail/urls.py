"""Addresses of the messages that came to the registry's mailbox."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("thu/", views.mails, name="mails"),
    path("thu/<str:code>/", views.mail, name="mail"),
    path("thu/<str:code>/nhan/", views.take, name="take_mail"),
    path("thu/<str:code>/khong-nhan/", views.refuse, name="refuse_mail"),
    path("thu/<str:code>/ban-goc/", views.original, name="mail_original"),
    path("thu/<str:code>/tep/<int:seq>/", views.attachment, name="mail_file"),
]
