"""The eight life events of the home page; procedures name them by code."""

from typing import NamedTuple

from django.utils.translation import gettext_noop as _


class LifeEvent(NamedTuple):
    """One door: its code in procedures, its words, and what is drawn on it."""

    code: str
    words: str
    icon: str


LIFE_EVENTS = (
    LifeEvent("co-con", _("Có con nhỏ"), "birth"),
    LifeEvent("ket-hon", _("Kết hôn, gia đình"), "marriage"),
    LifeEvent("lam-nha", _("Làm nhà, sửa nhà"), "home"),
    LifeEvent("dat-dai", _("Đất đai"), "land"),
    LifeEvent("kinh-doanh", _("Mở cửa hàng, làm ăn"), "business"),
    LifeEvent("xe-co", _("Xe và đi lại"), "vehicle"),
    LifeEvent("tro-giup", _("Người già, người cần trợ giúp"), "elder"),
    LifeEvent("qua-doi", _("Người thân qua đời"), "farewell"),
)
_BY_CODE = {event.code: event for event in LIFE_EVENTS}


def find_life_event(code: str) -> LifeEvent | None:
    """Find a life event by its code."""
    return _BY_CODE.get(code)
