"""Under which words a request's key is remembered."""

from hashlib import sha256


def remembered_key(key: str, path: str, client_id: str = "") -> str:
    """Return what is kept for a sender's `key`: each application's apart, each address apart.

    An account and the applications that work under it may choose the same words.
    """
    return sha256(f"{client_id} {path} {key}".encode()).hexdigest() if key else ""
