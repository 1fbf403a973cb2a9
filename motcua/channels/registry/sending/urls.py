"""Addresses of sending, recalling and following what was sent."""

from django.urls import URLPattern, path

from . import following, views

urlpatterns: list[URLPattern] = [
    path("di/cho-tra-loi/", following.waiting, name="waiting_answers"),
    path("vb/<str:code>/don-doc-noi-nhan/", following.chase, name="chase"),
    path("vb/<str:code>/da-tra-loi/", following.note_answer, name="note_answer"),
    path("vb/<str:code>/noi-nhan/", views.recipients, name="recipients"),
    path("vb/<str:code>/gui/", views.send, name="send"),
    path("vb/<str:code>/thu-hoi/", views.recall, name="recall"),
    path("vb/<str:code>/cap-nhat/", views.update, name="update_sent"),
    path("vb/<str:code>/tra-loi-thu-hoi/<int:step>/", views.answer_recall, name="answer_recall"),
    path(
        "vb/<str:code>/tra-loi-thu-hoi/<int:step>/tep/<int:number>/",
        views.asked_file,
        name="asked_file",
    ),
]
