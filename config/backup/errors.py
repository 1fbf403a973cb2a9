"""What may go wrong; the message is for the operator who will read it."""


class BackupError(Exception):
    """The backup could not be made or used; says why, in Vietnamese."""


class WrongPassphrase(BackupError):
    """The archive was sealed with another passphrase, or its beginning is damaged."""


class Damaged(BackupError):
    """The archive is cut short or was changed."""
