"""Who comes in, what every answer carries, and what errors become."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client, RequestFactory

from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.middleware import POLICY, current_reference, sign_in_first
from motcua.lib.errors import Anticipated, Conflict, NotAllowed, NotFound

LOST = "Không tìm thấy hồ sơ này."


def request_of(path: str = "/viec/", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request._messages = []  # type: ignore[attr-defined] # noqa: SLF001 -- where Django keeps them
    return request


def test_a_stranger_is_sent_to_sign_in_and_back(client: Client) -> None:
    answer = client.get("/con-lam-viec/")

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{resolve_url(settings.LOGIN_URL)}?next=%2Fcon-lam-viec%2F",
    )


def test_a_part_of_a_page_is_sent_to_sign_in_as_a_whole() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/viec/cua-toi/?a=1"}
    answer = sign_in_first(request_of(**headers))

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (
        401,
        f"{resolve_url(settings.LOGIN_URL)}?next=%2Fviec%2Fcua-toi%2F",
    )


def test_every_answer_carries_the_policy_and_a_reference(client: Client) -> None:
    answer = client.get("/bo-giao-dien/404/")
    number = answer.headers["X-Request-ID"]

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.content.decode().count(number) == 1


def test_outside_a_request_there_is_no_reference() -> None:
    assert current_reference() == ""


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponseBase]:
    @shows_errors("kit:gallery")
    def view(_request: HttpRequest) -> HttpResponse:
        raise error

    return view


def test_what_may_not_be_done_is_forbidden_in_its_own_words() -> None:
    with pytest.raises(PermissionDenied, match="Không phải việc của đơn vị này"):
        raising(NotAllowed("Không phải việc của đơn vị này."))(request_of())


@pytest.mark.parametrize(
    ("error", "said"), [(NotFound(LOST), LOST), (ObjectDoesNotExist("Dossier pk=3"), "")]
)
def test_what_may_not_be_known_is_not_there(error: Exception, said: str) -> None:
    with pytest.raises(Http404) as caught:
        raising(error)(request_of())

    assert str(caught.value) == said


def test_an_anticipated_error_becomes_a_message_and_a_way_on() -> None:
    class Kept(list[str]):
        def add(self, _level: int, message: str, _extra: str = "") -> None:
            self.append(message)

    request = request_of()
    kept = request._messages = Kept()  # type: ignore[attr-defined] # noqa: SLF001 -- where Django keeps them
    answer = raising(Conflict("Anh Bình đã nhận trước."))(request)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/bo-giao-dien/")
    assert list(kept) == ["Anh Bình đã nhận trước."]
    assert get_messages(request) is kept


def test_a_bug_is_not_caught() -> None:
    with pytest.raises(ZeroDivisionError):
        raising(ZeroDivisionError())(request_of())


def test_anticipated_is_the_base_of_all_we_translate() -> None:
    assert all(issubclass(error, Anticipated) for error in (NotAllowed, NotFound, Conflict))
