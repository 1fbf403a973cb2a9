"""Kinds of places and of what becomes of them."""

from django.db import models


class PlaceKind(models.TextChoices):
    """What a place is; districts and towns ended on 30 June 2025."""

    PROVINCE = "province", "Tỉnh, thành phố trực thuộc trung ương"
    DISTRICT = "district", "Huyện, quận, thị xã, thành phố thuộc tỉnh"
    COMMUNE = "commune", "Xã"
    WARD = "ward", "Phường"
    TOWN = "town", "Thị trấn"
    SPECIAL_ZONE = "special_zone", "Đặc khu"


class PlaceChange(models.TextChoices):
    """What links a place to the one that came after it."""

    MERGE = "merge", "Nhập toàn bộ"
    SPLIT = "split", "Chia: nơi cũ chấm dứt, đây là một phần"
    PART = "part", "Nhập một phần: nơi cũ vẫn còn"
    RENAME = "rename", "Đổi tên, đổi loại hình"
    ABOLISH = "abolish", "Chấm dứt, không có nơi kế tục"
