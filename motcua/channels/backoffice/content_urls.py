"""Addresses of the pages that write what a version of a procedure says."""

from django.urls import path

from .views import content

CONTENT = [
    path("thu-tuc/them-moi/", content.begin, name="begin_procedure"),
    path("thu-tuc/<str:code>/soan-noi-dung/", content.go_on, name="begin_content"),
    path("thu-tuc/<str:code>/<int:number>/noi-dung/", content.content, name="content"),
    path("thu-tuc/<str:code>/<int:number>/noi-dung/chung/", content.general, name="edit_general"),
    path(
        "thu-tuc/<str:code>/<int:number>/noi-dung/<slug:slug>/them/",
        content.entry,
        name="add_entry",
    ),
    path(
        "thu-tuc/<str:code>/<int:number>/noi-dung/<slug:slug>/<str:one>/",
        content.entry,
        name="edit_entry",
    ),
    path(
        "thu-tuc/<str:code>/<int:number>/noi-dung/<slug:slug>/<str:one>/bo/",
        content.drop,
        name="drop_entry",
    ),
]
