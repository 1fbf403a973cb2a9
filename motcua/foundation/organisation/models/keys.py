"""Keys to units and agencies say what becomes of them in a reorganisation.

A *living* key belongs to work that goes on (an open step, a post, a number series): it is carried
over to the heir. A *historic* key says what happened: it is never touched, and is read through
the succession links.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django.db import models

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")
Deconstructed = tuple[str, str, Sequence[Any], dict[str, Any]]
PLAIN = "django.db.models.ForeignKey"


class LivingKey(models.ForeignKey[_Set, _Get]):
    """A key to a unit or agency that moves to the heir when the old one ends."""

    reorganisation: ClassVar[str] = "living"

    def deconstruct(self) -> Deconstructed:
        """Keep our own path out of the migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, PLAIN, args, kwargs


class HistoricKey(models.ForeignKey[_Set, _Get]):
    """A key to a unit or agency as it was then; it stays when that one ends."""

    reorganisation: ClassVar[str] = "historic"

    def deconstruct(self) -> Deconstructed:
        """Keep our own path out of the migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, PLAIN, args, kwargs
