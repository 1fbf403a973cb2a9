"""The people of the tests, each with a browser."""

import pytest
from django.test import Client

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_agency

from .people import make_province, seat, signed_in


@pytest.fixture
def province() -> organisation.Agency:
    return make_province()


@pytest.fixture
def commune(province: organisation.Agency) -> organisation.Agency:
    return make_agency(parent=province)


@pytest.fixture
def quan(province: organisation.Agency) -> Client:
    """Return the browser of the administrator of the whole province."""
    return signed_in(seat(province, PostRole.ADMINISTRATOR, "Vũ Thị Quản", "quan"))


@pytest.fixture
def xuan(commune: organisation.Agency) -> Client:
    """Return the browser of the administrator of one commune."""
    return signed_in(seat(commune, PostRole.ADMINISTRATOR, "Lò Thị Xuân", "xuan"))


@pytest.fixture
def dung(commune: organisation.Agency) -> Client:
    """Return the browser of a handler, who administers nothing."""
    return signed_in(seat(commune, PostRole.HANDLER, "Đỗ Văn Dũng", "dung"))
