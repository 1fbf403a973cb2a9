"""The description of the interface (OpenAPI 3.1): what ninja says, completed.

Scopes, limits, every error there may be, examples of what goes in and out, what pages are.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from motcua.foundation.clients.api import FOR_PEOPLE, Scope

from .examples import WORDS, example_of
from .guard import Needs
from .problems import KIND
from .shapes import Problem

SCHEME = "bearer"
OCTETS = "application/octet-stream"  # what is sent as it is, not as JSON
ERRORS = {
    400: "Địa chỉ hoặc yêu cầu không đọc được",
    401: "Chưa có khóa, phiên; hoặc khóa đã hết hiệu lực",
    403: "Không có quyền, hoặc ngoài phạm vi được cấp",
    404: "Không có, hoặc không được biết",
    409: "Đã thay đổi, hoặc chưa tới lúc làm được",
    413: "Nội dung gửi lên quá lớn",
    422: "Dữ liệu sai; từng ô trong errors",
    429: "Gửi quá nhiều; đợi theo Retry-After",
    503: "Đang bận hoặc kho dữ liệu đang ngắt; đợi theo Retry-After",
}
OPEN_TO_ALL = frozenset({401, 413})  # never answered where nobody needs to sign in
INTRO = """Giao diện kết nối của hệ thống một cửa cấp tỉnh.

**Đăng nhập.** Gửi `Authorization: Bearer …`: khóa của ứng dụng (`mck_…`, do quản trị viên cấp,
hiện một lần) hoặc mã phiên của một người (`POST /v1/sessions`). Mỗi điểm cuối ghi phạm vi cần có;
quyền là phần chung của phạm vi và quyền của vị trí.

**Danh sách** đi tiếp bằng con trỏ: gửi `next` hoặc `previous` của trang trước làm `after`; rỗng
là hết. Không có tổng số. `limit` từ 1 đến 200.

**Gửi lại an toàn.** Điểm cuối nào ghi `Idempotency-Key` thì bên gửi đặt khóa: cùng địa chỉ, cùng
khóa thì cùng câu trả lời, không làm hai lần. Nơi khác, gửi lại việc đã xong được trả lời 409.

**Lỗi** theo RFC 9457 (`application/problem+json`): `title`, `detail`, `errors` theo từng ô,
`reference` để hỏi người vận hành. Không có và không được biết trả lời như nhau (404).

**Hạn mức** tính theo khóa và loại yêu cầu (đọc, ghi, nặng) trong một phút: `RateLimit-Limit`,
`RateLimit-Remaining`, `RateLimit-Reset`; vượt thì 429 với `Retry-After` (giây).
"""
SUBJECTS = {
    "sessions": "Phiên làm việc của người",
    "catalogue": "Thủ tục, cơ quan, danh mục, địa danh; tính hạn, tính phí",
    "dossiers": "Đọc hồ sơ, tệp, phiếu, kết quả",
    "filing": "Người dân: nộp, bổ sung, rút, xác nhận, đánh giá",
    "drafts": "Bản nháp hồ sơ",
    "uploads": "Gửi tệp theo phần",
    "desk": "Bộ phận một cửa",
    "work": "Thụ lý",
    "leading": "Lãnh đạo: phân công, gia hạn, quyết định",
    "councils": "Họp hội đồng: thành viên, phiếu, biên bản",
    "staffing": "Người vắng, lý do mẫu",
    "mandates": "Người làm thay, hộ và khách hàng",
    "money": "Khoản nộp, biên lai",
    "registers": "Sổ theo dõi, sổ chứng thực, sổ văn bản",
    "documents": "Văn bản",
    "outgoing": "Văn bản đi: sửa dự thảo, nơi nhận, thu hồi, đôn đốc",
    "tasks": "Nhiệm vụ",
    "agendas": "Lịch công tác",
    "workfiles": "Hồ sơ công việc",
    "figures": "Số liệu",
    "signatures": "Chữ ký số",
    "hooks": "Báo tin cho hệ thống khác",
    "bulk": "Đọc hàng loạt để phân tích",
    "ledger": "Sổ cam kết công khai",
}
_CONVERTER = re.compile(r"\{[^}:]+:")  # as in {path:number}, which the description leaves out
_RATE = {
    "RateLimit-Limit": "Số yêu cầu được gửi trong một phút",
    "RateLimit-Remaining": "Còn lại trong phút này",
    "RateLimit-Reset": "Số giây tới khi đếm lại",
}


def described(interface: NinjaAPI, prefix: str) -> Mapping[str, Any]:
    """Return the whole description for the site at this address."""
    return {**_whole(interface), "servers": [{"url": prefix.rstrip("/")}]}


@lru_cache(maxsize=2)
def _whole(interface: NinjaAPI) -> Mapping[str, Any]:
    text: dict[str, Any] = deepcopy(dict(interface.get_openapi_schema(path_prefix="")))
    parts = text["components"]["schemas"]
    parts.setdefault("Problem", Problem.model_json_schema())
    text["info"] |= {"description": INTRO, "version": "1.0"}
    text["tags"] = [{"name": name, "description": words} for name, words in SUBJECTS.items()]
    text["components"]["securitySchemes"] = {SCHEME: _scheme()}
    for method, path, endpoint in endpoints_of(interface):
        _complete(text["paths"][path][method.lower()], endpoint, parts)
    return text


def endpoints_of(interface: NinjaAPI) -> Iterator[tuple[str, str, Operation]]:
    """Yield every endpoint with its method and its address, as the description writes it."""
    for bound in interface._get_bound_routers():  # noqa: SLF001 -- ninja offers no other way to list them
        for path, view in bound.path_operations.items():
            address = f"{bound.prefix.rstrip('/')}/{path.lstrip('/')}" if path else bound.prefix
            address = _CONVERTER.sub("{", address)
            for one in view.operations:
                for method in one.methods:
                    yield method, address, one


def needs_of(endpoint: Operation) -> Needs | None:
    """Return what an endpoint asks of its caller, None where it is open to everybody."""
    return next((one for one in endpoint.auth_callbacks if isinstance(one, Needs)), None)


def _scheme() -> dict[str, object]:
    scopes = {str(one): one.label for one in Scope}
    people = ", ".join(sorted(FOR_PEOPLE))
    words = "\n".join(f"- `{name}`: {label}" for name, label in scopes.items())
    return {
        "type": "http",
        "scheme": "bearer",
        "description": f"Khóa của ứng dụng hoặc mã phiên của một người. Phạm vi:\n\n{words}\n\n"
        f"Chỉ người, không cấp cho ứng dụng: {people}.",
        "x-scopes": scopes,
    }


def _complete(said: dict[str, Any], endpoint: Operation, parts: Mapping[str, Any]) -> None:
    needs = needs_of(endpoint)
    if needs is not None:
        said["security"] = [{SCHEME: [str(one)]} for one in needs.scopes]
        said["x-scope"] = ", ".join(needs.scopes)
    else:
        said["security"] = []
    if endpoint.path.endswith("/parts"):
        octets = {"schema": {"type": "string", "format": "binary"}}
        said["requestBody"] = {"content": {OCTETS: octets}, "required": True}
    _bodies(said, parts)
    for status, words in ERRORS.items():
        if needs is not None or status not in OPEN_TO_ALL:
            said["responses"][str(status)] = _problem(status, words, parts)
    said["responses"] = {str(status): one for status, one in said["responses"].items()}
    for status, answer in said["responses"].items():
        if needs is not None and status not in {"400", "401", "413"}:
            answer["headers"] = {**answer.get("headers", {}), **_rate_headers()}
    _parameters(said, parts)


def _parameters(said: dict[str, Any], parts: Mapping[str, Any]) -> None:
    for one in said.get("parameters", ()):
        if one["required"] or one["name"] in WORDS:  # an invented cursor would be refused
            one.setdefault("example", example_of(one["schema"], parts, one["name"]))


def _bodies(said: dict[str, Any], parts: Mapping[str, Any]) -> None:
    for media, content in said.get("requestBody", {}).get("content", {}).items():
        if media != OCTETS:
            content.setdefault("example", example_of(content["schema"], parts))
    for status, answer in said["responses"].items():
        if "content" in answer:
            for content in answer["content"].values():
                content.setdefault("example", example_of(content["schema"], parts))
        elif str(status) == "200":  # an answer without a shape is a file
            answer["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}


def _problem(status: int, words: str, parts: Mapping[str, Any]) -> dict[str, Any]:
    example = example_of(parts["Problem"], parts) | {
        "type": "about:blank",
        "title": words,
        "status": status,
        "reference": "7K3M-Q2VX",
        "errors": {},
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    answer: dict[str, Any] = {
        "description": words,
        "content": {KIND: {"schema": schema, "example": example}},
    }
    if status in {429, 503}:
        answer["headers"] = {"Retry-After": _header("Số giây cần đợi")}
    return answer


def _rate_headers() -> dict[str, object]:
    return {name: _header(words) for name, words in _RATE.items()}


def _header(words: str) -> dict[str, object]:
    return {"description": words, "schema": {"type": "string"}}
