"""Groups of recipients that an agency keeps by name."""

from collections.abc import Collection
from datetime import datetime

from motcua.casework.documents.models import AddressGroup
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy


@work.story
def keep_group(
    agency_id: int, name: str, members: Collection[str], *, by: Actor, at: datetime
) -> AddressGroup:
    """Keep a group under its name, in the place of one that had it.

    Raises: NotAllowed, BadInput without a name or a member.
    """
    if by.agency_id != agency_id or not by.can(Power.DRAFT_DOCUMENTS):
        raise NotAllowed("Chỉ người soạn văn bản của cơ quan lập nhóm nơi nhận của cơ quan ấy.")
    named = tidy(name)[:200]
    if not named or not members:
        raise BadInput("Hãy đặt tên nhóm và chọn ít nhất một nơi nhận.", field="group_name")
    group, _ = AddressGroup.objects.update_or_create(
        agency_id=agency_id,
        name=named,
        defaults={
            "members": sorted(members),
            "changed_at": at,
            "changed_by_name": by.name,
        },
    )
    audit.record("documents.group_kept", f"agency:{agency_id}", by=by, at=at)
    return group
