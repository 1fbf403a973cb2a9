"""Who is to act for an enterprise."""

from django.utils.translation import gettext_lazy as _

from motcua.channels.kit.contact_fields import NameField
from motcua.channels.kit.fields import KitForm, PersonalIdField, RadioField
from motcua.foundation.people.api import MemberRole

ROLES = [
    (MemberRole.STAFF.value, _("Nhân viên: xem, nộp, làm tiếp mọi hồ sơ của tổ chức")),
    (MemberRole.MANAGER.value, _("Người quản lý: thêm, bỏ thành viên; rút hồ sơ người khác nộp")),
]


class MemberForm(KitForm):
    """One more member, by number and name together."""

    full_name = NameField(label=_("Họ, chữ đệm và tên"), max_length=300)
    personal_id = PersonalIdField(label=_("Số định danh cá nhân"))
    role = RadioField(label=_("Vai trò trong tổ chức"), choices=ROLES)
