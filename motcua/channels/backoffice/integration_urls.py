"""Addresses of what other systems do here: applications with their keys, and who is told."""

from django.urls import path

from .views import clients, webhooks

CLIENTS = [
    path("ung-dung/", clients.listed, name="clients"),
    path("ung-dung/them/", clients.add, name="add_client"),
    path("ung-dung/<int:client_id>/", clients.shown, name="client"),
    path("ung-dung/<int:client_id>/sua/", clients.edit, name="edit_client"),
    path("ung-dung/<int:client_id>/khoa/", clients.change_key, name="change_client_key"),
    path("ung-dung/<int:client_id>/ngung/", clients.end, name="end_client"),
]
WEBHOOKS = [
    path("bao-tin/", webhooks.subscriptions, name="webhooks"),
    path("bao-tin/them/", webhooks.add, name="add_webhook"),
    path("bao-tin/<str:code>/", webhooks.subscription, name="webhook"),
    path("bao-tin/<str:code>/sua/", webhooks.edit, name="edit_webhook"),
    path("bao-tin/<str:code>/khoa/", webhooks.renew_secret, name="renew_webhook_secret"),
    path("bao-tin/<str:code>/gui-lai/", webhooks.replay, name="replay_webhook"),
    path("bao-tin/<str:code>/bo/", webhooks.end, name="end_webhook"),
    path("bao-tin/<str:code>/tin/<str:message_id>/", webhooks.resend, name="resend_webhook"),
    path("bao-tin/<str:code>/viec/<str:act>/", webhooks.change, name="change_webhook"),
]
