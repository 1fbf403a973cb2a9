"""Ratings as a Django application."""

from motcua.lib.rooms import Room


class Ratings(Room):
    name = "motcua.casework.ratings"
    verbose_name = "Đánh giá mức độ hài lòng"
