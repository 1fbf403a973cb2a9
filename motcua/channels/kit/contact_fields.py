"""Fields for who somebody is called and where they get mail."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .fields import Looks, TextField


class NameField(TextField):
    """A name of somebody or of an organisation: it has letters."""

    def to_python(self, value: Any) -> str:
        name = super().to_python(value)
        if name and not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Hãy ghi tên bằng chữ."), code="invalid")
        return name


class EmailField(Looks, forms.EmailField):
    """An address for mail."""

    default_error_messages = {
        "invalid": _("Thư điện tử chưa đúng. Ví dụ: ten@gmail.com."),
    }
    own_look = {"type": "email", "autocomplete": "email", "attrs": {"spellcheck": "false"}}
