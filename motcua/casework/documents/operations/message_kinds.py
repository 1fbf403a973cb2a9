"""The messages that documents send, each with its text until another is published."""

from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind


def _declare(code: str, label: str, subject: str, body: str) -> Kind:
    return notifications.declare(Kind(f"documents.{code}", label, subject, body, for_officers=True))


DIGEST = _declare(
    "alarm",
    "Văn bản sắp đến hạn, quá hạn",
    "Văn bản chờ ông/bà: {late} mới quá hạn, {soon} sắp đến hạn",
    "Mới quá hạn: {late}. Sắp đến hạn: {soon}. {titles}",
)
UNIT_DIGEST = _declare(
    "unit_alarm",
    "Văn bản của đơn vị quá hạn",
    "Đơn vị có {late} văn bản mới quá hạn, {soon} sắp đến hạn",
    "Văn bản đang ở người của đơn vị: {late} mới quá hạn, {soon} sắp đến hạn. {titles}",
)
NOT_SENT = _declare(
    "not_sent",
    "Văn bản gửi đi chậm",
    "{count} văn bản chưa gửi đi được, đã quá thời gian quy định",
    "Phải gửi trong ngày ký, chậm nhất trong ngày làm việc tiếp theo: {titles}",
)
NOT_REGISTERED = _declare(
    "not_registered",
    "Văn bản đến vào sổ chậm",
    "{count} văn bản đến chưa vào sổ hoặc từ chối, đã quá thời gian quy định",
    "Phải vào sổ, xác nhận trong ngày đến, chậm nhất trong ngày làm việc tiếp theo: {titles}",
)
