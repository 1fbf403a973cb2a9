"""The administrator says where the mailbox of an agency's registry is."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from motcua.casework.mailboxes.api import Mailbox
from motcua.foundation.organisation import api as organisation

from .people import page_of

pytestmark = pytest.mark.django_db
BOX = {
    "address": "vanthu@xa.example",
    "kind": "imap",
    "host": "mail.example",
    "port": "993",
    "user": "vanthu",
    "secret": "mật khẩu dài",
    "is_on": "on",
}


def test_a_mailbox_is_set_shown_without_its_word_and_tried(
    quan: Client, commune: organisation.Agency, tmp_path: Path, settings: Settings
) -> None:
    settings.MAILBOX_DIR = str(tmp_path)
    path = f"/quan-tri/hop-thu/{commune.code}/"

    refused = quan.post(path, {"request_key": str(uuid4()), **BOX, "host": ""})
    saved = quan.post(path, {"request_key": str(uuid4()), **BOX})
    shown = page_of(quan, f"hop-thu/{commune.code}/")
    Mailbox.objects.update(kind="folder")
    tried = quan.post(f"{path}thu/", follow=True)

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert ("mật khẩu dài" in shown, "Mật khẩu đang giữ" in shown) == (False, True)
    assert "Chưa có thư mục thư" in tried.content.decode()


def test_an_administrator_sets_the_mailboxes_of_his_own_agency_alone(
    xuan: Client, dung: Client, province: organisation.Agency, commune: organisation.Agency
) -> None:
    listed = page_of(xuan, "hop-thu/")
    other = xuan.post(f"/quan-tri/hop-thu/{province.code}/", {"request_key": str(uuid4()), **BOX})

    assert (commune.name in listed, province.name in listed) == (True, False)
    assert other.status_code == 403
    assert page_of(dung, "hop-thu/") == "403"
