"""Names that stand for people: the same person has the same one for one reader, and no other."""

from django.utils.crypto import salted_hmac

_LENGTH = 20


def pseudonym(reader: str, sort: str, key: int | None) -> str:
    """Return what stands for somebody in what this reader gets, nothing for nobody."""
    if not key:
        return ""
    digest = salted_hmac("motcua.extracts.people", f"{reader}:{sort}:{key}", algorithm="sha256")
    return digest.hexdigest()[:_LENGTH]
