"""Personal data as they may be shown to somebody who need not know them."""

_SHOWN = 3


def mask_number(number: str) -> str:
    """Return the number with all but its last three digits hidden: “•••••••••123”."""
    return "•" * max(len(number) - _SHOWN, 0) + number[-_SHOWN:]


def mask_phone(phone: str) -> str:
    """Return the telephone number with all but its last three digits hidden."""
    return mask_number(phone)


def mask_email(address: str) -> str:
    """Return the address with all but its first letter and domain hidden."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else mask_number(address)


def mask_name(name: str) -> str:
    """Return the name with all but the first letter of each word hidden: “L••• T••• L•••”."""
    return " ".join(f"{word[0]}•••" for word in name.split())
