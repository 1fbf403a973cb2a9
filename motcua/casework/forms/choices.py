from enum import StrEnum


class FieldKind(StrEnum):
    """What sort of answer a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PERSONAL_ID = "personal_id"
    TAX_CODE = "tax_code"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"
    DECLARATION = "declaration"
    GROUP = "group"
