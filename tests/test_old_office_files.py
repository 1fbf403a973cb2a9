"""What a partner sends in an old form is not opened here, and is not lost."""

import pytest

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document
from motcua.casework.exchange.rules.edxml.contents import content_of
from motcua.casework.exchange.rules.edxml.messages import Attachment
from motcua.casework.exchange.tests.partners import come, make_foreign, make_partner
from motcua.channels.registry.tests.make import make_office, text_of
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db


def test_an_old_office_file_of_a_partner_is_handed_out_as_it_came() -> None:
    office = make_office()
    make_partner()
    old = Attachment("cid:3", "bao cao.rtf", content_of(b"{\\rtf1 cu}"))
    program = Attachment("cid:4", "chay.doc", content_of(b"MZ not a document"))
    taken = come(make_foreign(attachments=(old, program)), at=now())
    documents.take_message(taken.code, office.agency_id, at=now())
    document = Document.objects.get(envelope=taken.code)
    path = f"/van-ban/vb/{document.code}/tep-goc/"

    listed = text_of(office.dung, path)
    handed = office.dung.get(f"{path}1/")

    assert (handed.content == b"{\\rtf1 cu}", handed["X-Content-Type-Options"]) == (True, "nosniff")
    assert handed["Content-Disposition"] == 'attachment; filename="bao cao.rtf"'
    assert ("bao cao.rtf" in listed, "chay.doc" in listed) == (True, False)
    assert path in text_of(office.dung, f"/van-ban/vb/{document.code}/")
    assert office.dung.get(f"{path}2/").status_code == 404
    assert office.tuan.get(f"{path}1/").status_code == 404
