"""Which files are taken, decided from their name and their content alone."""

from .content import bears_signature, check_content
from .names import KINDS, FileKind, accepted_extensions, clean_name, in_megabytes, kind_of_name
from .secrecy import NOT_HERE, mark_in_name, mark_in_words

__all__ = [
    "KINDS",
    "NOT_HERE",
    "FileKind",
    "accepted_extensions",
    "bears_signature",
    "check_content",
    "clean_name",
    "in_megabytes",
    "kind_of_name",
    "mark_in_name",
    "mark_in_words",
]
