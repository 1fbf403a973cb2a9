"""One client for both versions of the API, within bounds of time and size."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

from motcua.foundation.signing.api import (
    Grant,
    GrantEnded,
    HolderAway,
    HolderRefuses,
    OwnPage,
    RemoteKey,
    Secrets,
    ToSign,
)
from motcua.lib.clock import now
from motcua.lib.httpclient import AddressRefused, Answer, Bounds, NoAnswer, ask
from motcua.lib.tongue import sentence

from . import shapes

_AWAY = sentence("Dịch vụ ký số không trả lời; hệ thống tự thử lại.")
_ODD = sentence("Dịch vụ ký số trả lời điều không hiểu được; hệ thống tự thử lại.")
_KEY_SECONDS, _AWAY_SECONDS, _EARLIER = 600.0, 15.0, 30.0
_USUAL_SECONDS, _LONGEST_SECONDS = 300, 86_400
_SERVER_ERRORS, _TOO_OFTEN = 500, 429
_WORDS = {
    "invalid_pin": sentence("Mã PIN sai. Hãy nhập lại; dịch vụ khóa chứng thư sau vài lần sai."),
    "invalid_otp": sentence("Mã dùng một lần sai hoặc đã hết hạn. Hãy lấy mã mới."),
    "locked": sentence(
        "Dịch vụ đã khóa chứng thư này vì mã PIN sai nhiều lần; liên hệ nơi cấp để mở khóa."
    ),
    "access_denied": sentence("Dịch vụ không cho phép ký bằng chứng thư này."),
    "invalid_grant": sentence("Lần cho phép này đã dùng hoặc đã hết hạn; hãy cho phép lại."),
}
_GRANT_ENDED = frozenset({"invalid_sad", "expired_sad", "sad_expired", "unauthorized_hash"})
_LONGEST_WORDS = 200
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its address with the version of the API, and who we are there."""

    url: str
    version: int
    oauth_url: str
    client_id: str
    client_secret: str = field(repr=False)
    ca_file: str = ""


@dataclass(slots=True)
class _Held:
    """What one client remembers: its own permission, and keys it has seen."""

    token: str = field(default="", repr=False)
    token_until: float = 0.0
    away_until: float = 0.0
    keys: dict[str, tuple[float, RemoteKey]] = field(default_factory=dict)


class Client:
    """Implements `signing.RemoteSigner`."""

    def __init__(self, service: Service, bounds: Bounds) -> None:
        self.service = service
        self.bounds = bounds
        self._held = _Held()

    def find_keys(self, user_ref: str) -> Sequence[str]:
        """Return the credentials of a user. Raises: HolderAway, HolderRefuses."""
        said = self._post("credentials/list", {"userID": user_ref})
        found = said.get("credentialIDs")
        if not isinstance(found, list):
            raise HolderAway(_ODD)
        return [str(one) for one in found]

    def get_key(self, key_ref: str) -> RemoteKey:
        """Return one credential, remembered for ten minutes. Raises: HolderAway, HolderRefuses."""
        until, key = self._held.keys.get(key_ref, (0.0, None))
        if key is not None and until > monotonic():
            return key
        if self._held.away_until > monotonic():
            raise HolderAway(_AWAY)
        try:
            said = self._post("credentials/info", shapes.asked_for_key(key_ref))
            found = shapes.read_key(key_ref, said, self.service.version)
        except shapes.Odd as error:
            raise HolderAway(_ODD) from error
        except HolderAway:
            self._held.away_until = monotonic() + _AWAY_SECONDS
            raise
        if not found.is_usable:
            raise HolderRefuses(
                sentence("Chứng thư này đã bị dịch vụ tạm dừng, thu hồi hoặc hết hạn.")
            )
        self._held.keys[key_ref] = (monotonic() + _KEY_SECONDS, found)
        return found

    def send_otp(self, key_ref: str) -> None:
        """Let the service send a one-time password. Raises: HolderAway, HolderRefuses."""
        self._post("credentials/sendOTP", {"credentialID": key_ref})

    def authorise(self, wanted: ToSign, secrets: Secrets) -> Grant:
        """Return one permission for all hashes. Raises: HolderAway, HolderRefuses."""
        body = shapes.consent_body(wanted, secrets, self.service.version)
        said = self._post("credentials/authorize", body)
        return _grant(said, "SAD")

    def consent_address(self, wanted: ToSign, page: OwnPage) -> str:
        """Return the page of the service where the person consents (OAuth2 with PKCE)."""
        query = {
            "response_type": "code",
            "client_id": self.service.client_id,
            "redirect_uri": page.return_url,
            "scope": "credential",
            "state": page.state,
            "code_challenge": page.challenge,
            "code_challenge_method": "S256",
            **shapes.consent_query(wanted, self.service.version),
        }
        return f"{self.service.oauth_url}/authorize?{urlencode(query)}"

    def redeem(self, code: str, verifier: str, return_url: str) -> Grant:
        """Return what the person consented to. Raises: HolderAway, HolderRefuses."""
        given = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_url,
            "code_verifier": verifier,
        }
        return _grant(self._token(given), "access_token")

    def sign(self, wanted: ToSign, grant: Grant) -> Sequence[bytes]:
        """Return one raw signature for each hash.

        Raises: GrantEnded, HolderAway, HolderRefuses.
        """
        certificate = self.get_key(wanted.key_ref).certificates[0]
        body = shapes.sign_body(wanted, grant.token, certificate, self.service.version)
        said = self._post("signatures/signHash", body)
        try:
            return shapes.read_signatures(said, len(wanted.hashes))
        except shapes.Odd as error:
            raise HolderAway(_ODD) from error

    def _post(self, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask one method; ask once more if our own permission has run out."""
        url = f"{self.service.url}/{method}"
        content = json.dumps(body).encode()
        answer = self._ask(url, content, "application/json", self._bearer())
        if answer.status == HTTPStatus.UNAUTHORIZED and self.service.client_secret:
            self._held.token_until = 0.0
            answer = self._ask(url, content, "application/json", self._bearer())
        return _read(answer)

    def _bearer(self) -> dict[str, str]:
        """Return who we are to the service; got by the client's own secret where there is one."""
        if not self.service.client_secret:
            return {}
        if self._held.token_until <= monotonic():
            said = self._token({"grant_type": "client_credentials", "scope": "service"})
            grant = _grant(said, "access_token")
            seconds = (grant.expires_at - now()).total_seconds()
            self._held.token = grant.token
            self._held.token_until = monotonic() + max(seconds - _EARLIER, 1.0)
        return {"Authorization": f"Bearer {self._held.token}"}

    def _token(self, given: Mapping[str, str]) -> Mapping[str, Any]:
        known = {"client_id": self.service.client_id}
        if self.service.client_secret:
            known["client_secret"] = self.service.client_secret
        content = urlencode({**given, **known}).encode()
        kind = "application/x-www-form-urlencoded"
        return _read(self._ask(f"{self.service.oauth_url}/token", content, kind, {}))

    def _ask(self, url: str, content: bytes, kind: str, headers: Mapping[str, str]) -> Answer:
        sent = {"Content-Type": kind, "Accept": "application/json", **headers}
        try:
            return ask("POST", url, bounds=self.bounds, body=content, headers=sent)
        except NoAnswer as error:
            raise HolderAway(_AWAY) from error
        except AddressRefused as error:
            raise HolderRefuses(
                sentence("Địa chỉ của dịch vụ ký số không được phép hỏi.")
            ) from error


def _read(answer: Answer) -> Mapping[str, Any]:
    """Return what the service said. Raises: GrantEnded, HolderAway, HolderRefuses."""
    if answer.status >= _SERVER_ERRORS or answer.status == _TOO_OFTEN:
        raise HolderAway(_AWAY)
    if answer.status == HTTPStatus.NO_CONTENT:
        return {}
    try:
        said = answer.json()
    except NoAnswer as error:
        raise HolderAway(_ODD) from error
    if not isinstance(said, dict):
        raise HolderAway(_ODD)
    if answer.status != HTTPStatus.OK:
        _refuse(str(said.get("error", "")), str(said.get("error_description", "")))
    return said


def _refuse(error: str, description: str) -> None:
    """Raises: GrantEnded, HolderRefuses."""
    if error in _GRANT_ENDED or "SAD" in description:
        raise GrantEnded
    cleaned = "".join(one for one in description if one.isprintable())[:_LONGEST_WORDS]
    raise HolderRefuses(_WORDS.get(error) or f"Dịch vụ ký số từ chối: {cleaned or error[:40]}.")


def _grant(said: Mapping[str, Any], name: str) -> Grant:
    """Return a permission with its end. Raises: HolderAway if it is none."""
    token, seconds = said.get(name), said.get("expires_in", said.get("expiresIn", _USUAL_SECONDS))
    if not isinstance(token, str) or not token or not isinstance(seconds, int):
        raise HolderAway(_ODD)
    until: datetime = now() + timedelta(seconds=max(1, min(seconds, _LONGEST_SECONDS)))
    return Grant(token, until)


def host_of(url: str) -> str:
    """Return a host as bounds name it."""
    parts = urlsplit(url)
    is_usual = parts.port in (None, _PORTS.get(parts.scheme))
    return f"{parts.hostname}" if is_usual else f"{parts.hostname}:{parts.port}"
