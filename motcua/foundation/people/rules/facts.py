"""What is known of a person or an enterprise just now, as a form or a card gives it."""

from dataclasses import dataclass
from datetime import date

from motcua.foundation.people.choices import EnterpriseKind, PaperKind, Sex


@dataclass(frozen=True, slots=True)
class Paper:
    """A number other than the personal one by which somebody can be known."""

    kind: PaperKind
    number: str
    country: str = "VN"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person just now; what is empty is left as it was."""

    full_name: str
    personal_id: str = ""
    birth_date: date | None = None
    sex: Sex | None = None
    nationality: str = "VN"
    phone: str = ""
    email: str = ""
    address: str = ""
    place_code: str = ""
    paper: Paper | None = None
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class EnterpriseFacts:
    """What is known of an enterprise just now."""

    tax_code: str
    name: str
    kind: EnterpriseKind = EnterpriseKind.ENTERPRISE
    phone: str = ""
    email: str = ""
    address: str = ""
    place_code: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """How to reach somebody, and how they want to be spoken to."""

    phone: str = ""
    email: str = ""
    address: str = ""
    addressed_as: str = ""
