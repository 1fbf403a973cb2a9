"""Procedure packs: made, read within bounds, compared, taken in as drafts."""

from .choices import PackState, Signed, Turn
from .errors import BadPack, Fault, NoSuchPack, PackMoved
from .models import ReceivedPack
from .operations.receiving import (
    check_packs,
    draft_pack,
    drop_pack,
    import_packs,
    receive_packs,
)
from .queries.making import pack_of
from .queries.received import SHOWN, content_of, get_pack, received_packs
from .queries.standing import Part, Standing, standing_of
from .queries.trusting import Judged
from .rules.archives import MOST_ARCHIVE, read_folder, read_zip, write_zip
from .rules.contents import Pack
from .rules.making import renewed
from .rules.manifest import to_sign
from .rules.names import MANIFEST, SIGNATURE, is_known

__all__ = [
    "MANIFEST",
    "MOST_ARCHIVE",
    "SHOWN",
    "SIGNATURE",
    "BadPack",
    "Fault",
    "Judged",
    "NoSuchPack",
    "Pack",
    "PackMoved",
    "PackState",
    "Part",
    "ReceivedPack",
    "Signed",
    "Standing",
    "Turn",
    "check_packs",
    "content_of",
    "draft_pack",
    "drop_pack",
    "get_pack",
    "import_packs",
    "is_known",
    "pack_of",
    "read_folder",
    "read_zip",
    "receive_packs",
    "received_packs",
    "renewed",
    "standing_of",
    "to_sign",
    "write_zip",
]
