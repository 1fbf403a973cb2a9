"""Kinds of agencies and units, roles of posts, and what becomes of them."""

from django.db import models


class AgencyKind(models.TextChoices):
    """What an agency (cơ quan) is."""

    PROVINCE_COMMITTEE = "province_committee", "Ủy ban nhân dân tỉnh"
    DISTRICT_COMMITTEE = "district_committee", "Ủy ban nhân dân huyện, quận, thị xã, thành phố"
    COMMUNE_COMMITTEE = "commune_committee", "Ủy ban nhân dân xã, phường, đặc khu"
    DEPARTMENT = "department", "Sở, ban, ngành"
    OFFICE = "office", "Văn phòng"
    CENTRE = "centre", "Trung tâm, đơn vị sự nghiệp"
    MINISTRY = "ministry", "Bộ, cơ quan ngang bộ"
    PARTY = "party", "Cơ quan Đảng"
    FRONT = "front", "Mặt trận Tổ quốc, tổ chức chính trị – xã hội"
    YOUTH_UNION = "youth_union", "Đoàn Thanh niên Cộng sản Hồ Chí Minh"
    PEOPLES_COUNCIL = "peoples_council", "Hội đồng nhân dân"
    POLICE = "police", "Công an"
    MILITARY = "military", "Quân sự, biên phòng"
    TAX = "tax", "Thuế"
    INSURANCE = "insurance", "Bảo hiểm xã hội"
    TREASURY = "treasury", "Kho bạc"
    COURT = "court", "Tòa án"
    PROCURACY = "procuracy", "Viện kiểm sát"
    OTHER = "other", "Cơ quan, tổ chức khác"
    SANDBOX = "sandbox", "Cơ quan thử nghiệm (không tính vào số liệu)"


class Level(models.TextChoices):
    """The level of government an agency belongs to; districts ended on 30 June 2025."""

    CENTRAL = "central", "Trung ương"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"


class UnitKind(models.TextChoices):
    """What a unit (đơn vị thuộc cơ quan) is."""

    LEADERSHIP = "leadership", "Lãnh đạo cơ quan"
    OFFICE = "office", "Văn phòng"
    DIVISION = "division", "Phòng"
    ONE_STOP_DESK = "one_stop_desk", "Trung tâm Phục vụ hành chính công, Bộ phận Một cửa"
    BRANCH = "branch", "Chi nhánh"
    CENTRE = "centre", "Trung tâm"
    REGISTRY = "registry", "Văn thư"
    COUNCIL = "council", "Hội đồng, ban chỉ đạo, tổ công tác (tạm thời)"
    OTHER = "other", "Đơn vị khác"


class Standing(models.TextChoices):
    """Whether an identity lives today: its dated versions decide, a nightly job follows."""

    PLANNED = "planned", "Sắp thành lập"
    LIVING = "living", "Đang hoạt động"
    ENDED = "ended", "Đã chấm dứt"


class Change(models.TextChoices):
    """What links an agency or unit to the one that came after it."""

    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia, tách: nơi cũ chấm dứt"
    PART = "part", "Chuyển một phần: nơi cũ vẫn còn"
    RENAME = "rename", "Đổi tên, tổ chức lại"
    ABOLISH = "abolish", "Giải thể, không có nơi kế tục"


class PostRole(models.TextChoices):
    """What the holder of a post (vị trí việc làm) does; `access` turns it into powers."""

    DESK_OFFICER = "desk_officer", "Công chức tiếp nhận và trả kết quả"
    DESK_HEAD = "desk_head", "Phụ trách Bộ phận Một cửa"
    HANDLER = "handler", "Công chức thụ lý"
    UNIT_HEAD = "unit_head", "Trưởng đơn vị"
    AGENCY_LEADER = "agency_leader", "Lãnh đạo cơ quan"
    REGISTRY_CLERK = "registry_clerk", "Văn thư"
    PROVINCE_MONITOR = "province_monitor", "Theo dõi toàn tỉnh"
    ADMINISTRATOR = "administrator", "Quản trị"
    ACCOUNTANT = "accountant", "Kế toán"
    HELPER = "helper", "Người hỗ trợ ở thôn, bản, tổ dân phố"
    LIBRARIAN = "librarian", "Người giữ thư viện lý do mẫu"
