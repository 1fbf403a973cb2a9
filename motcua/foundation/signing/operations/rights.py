"""Write down who may sign for an agency, in which capacity, by which document, until when.

Source: docs/law/signing.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Post
from motcua.foundation.signing.choices import Capacity, DocumentKind
from motcua.foundation.signing.errors import SigningError
from motcua.foundation.signing.models import SigningRight
from motcua.foundation.signing.queries.rights import forget_rights, get_right
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
_FOR_HEAD = frozenset({Capacity.DEPUTY, Capacity.BY_ORDER, Capacity.BY_AUTHORISATION})
_FOR_COLLECTIVE = frozenset({Capacity.ON_BEHALF, Capacity.DEPUTY, Capacity.ACTING})


@dataclass(frozen=True, slots=True)
class RightIn:
    """How the holder of a post signs for an agency; no kinds mean all documents."""

    agency_id: int
    post_id: int
    capacity: Capacity
    valid_from: date
    valid_to: date | None = None
    head_post_id: int | None = None
    collective: str = ""
    kinds: Sequence[DocumentKind] = ()
    basis_number: str = ""
    basis_on: date | None = None


@work.story
def give_right(given: RightIn, *, by: Actor, at: datetime) -> SigningRight:
    """Write down one right to sign.

    An authorisation (TUQ.) has a document, an end and the kinds of documents it is for, and who
    signs by authorisation cannot authorise anybody else. The deputy (KT.) of a head who signs by
    order (TL.) signs by that order too, what and as long as that head does.

    Raises: NotAllowed, BadInput.
    Source: docs/law/signing.md
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    post = Post.objects.select_related("unit").get(pk=given.post_id)
    _check_days(given, local_day(at))
    ordered_by_id = _check_deputy(given, post) if given.capacity == Capacity.DEPUTY else None
    _check_posts(given, post, is_by_order=ordered_by_id is not None)
    _check_collective(given, is_by_order=ordered_by_id is not None)
    if given.capacity == Capacity.BY_AUTHORISATION:
        _check_authorisation(given, local_day(at))
    _check_alone(given)
    right = SigningRight.objects.create(
        agency_id=given.agency_id,
        post=post,
        capacity=given.capacity,
        head_post_id=given.head_post_id,
        ordered_by_id=ordered_by_id,
        collective=given.collective.strip(),
        kinds=[str(kind) for kind in given.kinds],
        basis_number=given.basis_number.strip(),
        basis_on=given.basis_on,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        given_at=at,
        given_by_name=by.name,
    )
    detail = {"post": post.code, "capacity": right.capacity, "basis": right.basis_number}
    audit.record("signing.right_given", f"signing_right:{right.pk}", by=by, at=at, detail=detail)
    forget_rights()
    return right


@work.story
def end_right(right_id: int, *, by: Actor, at: datetime) -> SigningRight:
    """Let a right count to the end of today; one that has not begun goes.

    Where it is by order (TL.), those of the deputies who stand in for its holder end with it.

    Raises: NotAllowed, NoSuchRight, SigningError.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    right, today = get_right(right_id), local_day(at)
    if right.valid_to is not None and right.valid_to <= today:
        raise SigningError("Thẩm quyền ký này đã hết.")
    _end(right, today, by=by, at=at)
    if right.capacity == Capacity.BY_ORDER:
        _end_of_deputies(right, today, by=by, at=at)
    forget_rights()
    return right


def _end(right: SigningRight, today: date, *, by: Actor, at: datetime) -> None:
    subject = f"signing_right:{right.pk}"
    if right.valid_from > today:
        right.delete()
    else:
        right.valid_to = today
        right.save(update_fields=["valid_to"])
    audit.record("signing.right_ended", subject, by=by, at=at)


def _end_of_deputies(right: SigningRight, today: date, *, by: Actor, at: datetime) -> None:
    rows = SigningRight.objects.filter(
        agency_id=right.agency_id, head_post=right.post_id, ordered_by=right.head_post_id
    )
    for row in rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)):
        _end(row, today, by=by, at=at)


def _check_days(given: RightIn, today: date) -> None:
    """Raises: BadInput."""
    if given.valid_to is not None and given.valid_to < max(given.valid_from, today):
        message = "Ngày cuối phải từ hôm nay và không trước ngày đầu."
        raise BadInput(message, field="valid_to")


def _check_deputy(given: RightIn, post: Post) -> int | None:
    """Return by whose order the deputy signs, where the head he stands in for signs by order.

    Raises: BadInput where that head signs by authorisation, or not these documents all the time.
    """
    of_head = _overlapping(given).filter(post=given.head_post_id)
    if of_head.filter(capacity=Capacity.BY_AUTHORISATION).exists():
        message = "Người được ủy quyền (TUQ.) không được giao cấp phó ký thay."
        raise BadInput(message, field="head_post")
    order = of_head.filter(capacity=Capacity.BY_ORDER).select_related("post").first()
    if order is None or order.head_post_id is None:
        return None
    if not _is_within(given, order):
        kinds = ", ".join(DocumentKind(kind).label.lower() for kind in order.kinds) or "mọi loại"
        until = f" đến {order.valid_to:%d/%m/%Y}" if order.valid_to else ""
        message = (
            f"{order.post.title} ký thừa lệnh (TL.): {kinds}, từ {order.valid_from:%d/%m/%Y}"
            f"{until}; cấp phó chỉ ký thay những loại ấy, trong thời gian ấy. Hãy chọn lại loại và"
            " ngày."
        )
        raise BadInput(message, field="kinds")
    if order.post.unit_id != post.unit_id:
        message = f"Chỉ cấp phó cùng đơn vị với {order.post.title} ký thay khi ký thừa lệnh."
        raise BadInput(message, field="post")
    return order.head_post_id


def _is_within(given: RightIn, order: SigningRight) -> bool:
    """Say whether a right is for no more documents and days than an order."""
    kinds = set(map(str, given.kinds))
    has_kinds = not order.kinds or (bool(kinds) and kinds <= set(order.kinds))
    ends = given.valid_to or date.max
    has_days = order.valid_from <= given.valid_from and ends <= (order.valid_to or date.max)
    return has_kinds and has_days


def _check_posts(given: RightIn, post: Post, *, is_by_order: bool) -> None:
    """Raises: BadInput where the posts do not belong together."""
    tree = organisation.tree()
    if not _is_of(tree.agency_of(post.unit_id).id, given.agency_id):
        message = "Vị trí này không thuộc cơ quan ban hành hoặc cơ quan trực thuộc."
        raise BadInput(message, field="post")
    if given.capacity not in _FOR_HEAD:
        if given.head_post_id is not None:
            message = "Chỉ KT., TL., TUQ. mới ghi ký thay cho ai."
            raise BadInput(message, field="head_post")
        return
    if given.head_post_id is None:
        raise BadInput("Hãy ghi vị trí của người được ký thay.", field="head_post")
    if given.head_post_id == given.post_id:
        raise BadInput("Không ai ký thay cho chính mình.", field="head_post")
    head = Post.objects.get(pk=given.head_post_id)
    if not is_by_order and tree.agency_of(head.unit_id).id != given.agency_id:
        message = "Người được ký thay phải thuộc cơ quan ban hành."
        raise BadInput(message, field="head_post")


def _is_of(agency_id: int, above: int) -> bool:
    """Say whether an agency is the other one or below it."""
    tree, found = organisation.tree(), agency_id
    while found != above:
        parent = tree.agency(found).parent_id
        if parent is None:
            return False
        found = parent
    return True


def _check_collective(given: RightIn, *, is_by_order: bool) -> None:
    """Raises: BadInput."""
    name = given.collective.strip()
    if given.capacity == Capacity.ON_BEHALF and not name:
        raise BadInput("Ký thay mặt (TM.) phải ghi tên tập thể.", field="collective")
    if name and is_by_order:
        message = "Ký thay người ký thừa lệnh (TL., KT.) thì không ghi tập thể được thay mặt."
        raise BadInput(message, field="collective")
    if name and given.capacity not in _FOR_COLLECTIVE:
        message = "Chỉ TM., KT., Q. mới ghi tên tập thể được thay mặt."
        raise BadInput(message, field="collective")


def _check_authorisation(given: RightIn, today: date) -> None:
    """Raises: BadInput."""
    if not given.basis_number.strip() or given.basis_on is None:
        message = "Ủy quyền phải bằng văn bản; hãy ghi số và ngày của văn bản."
        raise BadInput(message, field="basis_number")
    if given.basis_on > min(given.valid_from, today):
        message = "Văn bản ủy quyền phải có trước ngày bắt đầu ký và không ở tương lai."
        raise BadInput(message, field="basis_on")
    if given.valid_to is None:
        raise BadInput("Ủy quyền phải có thời hạn; hãy ghi ngày cuối.", field="valid_to")
    if not given.kinds:
        message = "Ủy quyền phải nói rõ loại văn bản; hãy chọn ít nhất một loại."
        raise BadInput(message, field="kinds")
    others = _overlapping(given).filter(capacity=Capacity.BY_AUTHORISATION)
    if given.head_post_id in {row.post_id for row in others}:
        message = "Người được ủy quyền (TUQ.) không được ủy quyền lại cho người khác."
        raise BadInput(message, field="head_post")


def _check_alone(given: RightIn) -> None:
    """Raises: BadInput if the post signs the same documents in another capacity meanwhile."""
    for row in _overlapping(given).filter(post=given.post_id):
        is_same_kind = not row.kinds or not given.kinds or set(row.kinds) & set(given.kinds)
        if is_same_kind or row.capacity == given.capacity:
            label = Capacity(row.capacity).label
            message = f"Trong thời gian này vị trí đã có thẩm quyền “{label}”; hãy kết thúc trước."
            raise BadInput(message, field="post")


def _overlapping(given: RightIn) -> QuerySet[SigningRight]:
    rows = SigningRight.objects.filter(agency_id=given.agency_id)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=given.valid_from))
    return rows if given.valid_to is None else rows.filter(valid_from__lte=given.valid_to)
