"""Addresses of tasks."""

from django.urls import URLPattern, path

from . import views
from .views import giving, reports

urlpatterns: list[URLPattern] = [
    path("nhiem-vu/", views.mine, name="tasks"),
    path("nhiem-vu/don-vi/", views.of_units, name="unit_tasks"),
    path("nhiem-vu/da-giao/", views.given, name="given_tasks"),
    path("nhiem-vu/tat-ca/", views.every, name="all_tasks"),
    path("nhiem-vu/giao/", giving.give, name="give_task"),
    path("nhiem-vu/bao-cao/", reports.report, name="task_report"),
    path("nhiem-vu/bao-cao/excel/", reports.spreadsheet, name="task_report_sheet"),
    path("nhiem-vu/bao-cao/in/", reports.printed, name="task_report_print"),
    path("nhiem-vu/<str:code>/", views.task, name="task"),
    path("nhiem-vu/<str:code>/tep/<int:seq>/", views.task_file, name="task_file"),
    path("nhiem-vu/<str:code>/<int:seq>/<slug:slug>/", views.act, name="task_act"),
]
