"""Sessions of people: applications have keys instead."""

from collections.abc import Mapping

from django.http import HttpRequest
from ninja import Router

from motcua.channels.api.guard import count_sign_in
from motcua.channels.api.shapes import SignInBody, Token
from motcua.foundation.identity import api as identity
from motcua.lib.clock import now

router = Router(tags=["sessions"])


@router.post("/sessions", auth=None, response={200: Token}, summary="Mở phiên của một người")
def open_session(request: HttpRequest, body: SignInBody) -> Mapping[str, str]:
    """Sign a person's account in and answer with the word of the session.

    Accounts with a second factor sign in on the web; applications use their keys.
    """
    at, device = now(), request.headers.get("User-Agent", "")
    count_sign_in(request, at=at)
    return {"token": identity.open_token(body.username, body.password, at=at, device=device)}
