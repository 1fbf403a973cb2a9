"""A message of e-mail becomes an incoming document, as the clerk says; never by itself.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.documents.choices import Source
from motcua.casework.documents.models import Document
from motcua.casework.documents.rules.arrival import ArrivalIn, EntryIn, FileIn
from motcua.casework.mailboxes import api as mailboxes
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .arriving import take_arrival


@work.story
def take_mail(
    mail_code: str,
    unit_id: int,
    entry: EntryIn,
    files: Sequence[FileIn],
    *,
    by: Actor,
    at: datetime,
) -> Document:
    """Take a message in as a document that came by e-mail; it waits to be registered.

    Raises: NoSuchMail, NotAllowed, MailError if somebody dealt with it meanwhile, BadInput.
    """
    mail = mailboxes.get_mail_for(by, mail_code)
    own = {one.file_id for one in mail.files if one.file_id is not None}
    if any(one.file_id not in own for one in files):
        raise BadInput("Tệp này không phải của thư.", field="files")
    message = mail.message
    agency_id = by.agency_id or message.agency_id
    is_heir = agency_id != message.agency_id
    facts = ArrivalIn(
        agency_id,
        unit_id,
        Source.EMAIL,
        message.taken_at,
        entry,
        tuple(files),
        addressed_to=organisation.name_of_agency(message.agency_id) if is_heir else "",
    )
    document = take_arrival(facts, by=by, at=at)
    mailboxes.mark_taken(mail_code, document.code, by=by, at=at)
    return document
