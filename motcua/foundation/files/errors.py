"""What may go wrong with a file somebody sends or asks for."""

from motcua.lib.errors import BadInput, Conflict, NotAllowed, NotFound


class FileRefused(BadInput):
    """The file cannot be taken as it is; says what to do instead."""


class FileTooLarge(FileRefused):
    """The file is over the limit shown before choosing."""


class ContentDiffers(FileRefused):
    """The content is not what the name says: a mistake, or a disguise."""


class VirusFound(FileRefused):
    """The scanner knows what is in the file."""


class SecretFile(FileRefused):
    """The file is marked as a state secret; nothing of it is kept."""


class OffsetDiffers(Conflict):
    """The part does not begin where the upload stands; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"Phần tệp gửi lên không nối tiếp; hãy gửi tiếp từ byte thứ {offset}.")
        self.offset = offset


class TooManyUploads(Conflict):
    """One account has too many files on their way at once."""


class UploadNotFound(NotFound):
    """There is no such upload, it has expired, or it is somebody else's."""


class FileLocked(NotAllowed):
    """The file may not be opened: a virus was found in it later, or it is gone as a secret."""
