"""What signatures in a file are worth."""

from typing import Any

from ninja.files import UploadedFile
from ninja.params import functions as params

from motcua.channels.api.door import Door
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.files import api as files
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now
from motcua.lib.errors import BadInput

PATIENCE_S = 5  # an examination takes a fraction of a second: the next one waits for its turn
_FILE: Any = params.File(...)
_FILE_BESIDE: Any = params.File(None)
door = Door("signatures")


@door.acts(
    "/signatures/examine",
    Scope.SIGNATURES,
    signing.Report,
    "Kiểm tra chữ ký số của một tệp",
    heavy=True,
)
def examine_signatures(
    request: ActorRequest,
    file: UploadedFile = _FILE,
    beside: UploadedFile | None = _FILE_BESIDE,
) -> Any:
    """Say what the signatures of a PDF or an XML are worth: ETSI's terms and plain words.

    `beside`: the file that is signed, where the signature lies apart. Nothing is kept.
    """
    sizes = [one.size for one in (file, beside) if one is not None]
    if any(size is None or size > files.most_bytes() for size in sizes):
        raise BadInput("Tệp lớn quá mức nhận.", field="file")
    content = None if beside is None else beside.read()
    with requests.slow_place(patience_s=PATIENCE_S):
        return signing.examine(file.read(), at=now(), beside=content)
