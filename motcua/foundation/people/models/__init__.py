"""Tables of people and enterprises."""

from .enterprises import Enterprise, Membership
from .persons import Person, PersonPaper

__all__ = ["Enterprise", "Membership", "Person", "PersonPaper"]
