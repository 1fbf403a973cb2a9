"""Certificates say whose they are; seals and handwritings hold for their days."""

from dataclasses import replace

import pytest
from django.db import IntegrityError

from motcua.foundation.trust import api as trust
from motcua.foundation.trust.models import Certificate

from .make import (
    A_YEAR,
    MONDAY,
    QUANG,
    make_between,
    make_crl,
    make_leaf,
    make_root,
    make_server_certificate,
    make_trusted_world,
)

pytestmark = pytest.mark.django_db


def test_a_certificate_is_read_into_facts() -> None:
    facts = trust.read_certificate(make_leaf("Nguyễn Thị Hoa").der)

    assert (facts.subject_name, facts.key_kind, facts.key_bits) == ("Nguyễn Thị Hoa", "rsa", 2048)
    assert facts.is_authority is False


@pytest.mark.parametrize("content", [b"", b"-----BEGIN nothing", b"0\x82\xff\xff", b"x" * 70_000])
def test_what_is_no_certificate_is_refused(content: bytes) -> None:
    with pytest.raises(trust.NotACertificate):
        trust.read_certificate(content)


def test_the_seal_of_an_agency_is_found() -> None:
    seal = make_server_certificate("UBND xã Mường Phăng", agency_id=7)

    assert trust.seal_of_agency(7, MONDAY) == seal
    assert trust.seal_of_agency(8, MONDAY) is None


def test_a_certificate_that_has_ended_signs_no_more() -> None:
    make_server_certificate("Nguyễn Thị Hoa", officer_id=5)

    assert trust.certificates_of_officer(5, MONDAY + 2 * A_YEAR) == []


def test_a_suspended_certificate_signs_no_more() -> None:
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=5)

    trust.set_certificate_state(
        own.sha256, trust.CertificateState.SUSPENDED, "Nghỉ phép", by=QUANG, at=MONDAY
    )

    assert trust.certificates_of_officer(5, MONDAY) == []


def test_a_revoked_certificate_is_told_to_who_judges() -> None:
    make_trusted_world()
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=5)

    trust.set_certificate_state(
        own.sha256, trust.CertificateState.REVOKED, "Mất khóa", by=QUANG, at=MONDAY
    )

    assert trust.trust_view(MONDAY).revoked == {own.sha256: MONDAY}


def test_a_certificate_is_known_once() -> None:
    given = trust.CertificateIn(make_between().der, trust.HolderKind.AUTHORITY)
    trust.register_certificate(given, by=QUANG, at=MONDAY)

    with pytest.raises(trust.AlreadyKnown):
        trust.register_certificate(given, by=QUANG, at=MONDAY)


def test_the_chain_leads_to_below_the_root() -> None:
    make_trusted_world()

    assert trust.chain_of(make_leaf("Nguyễn Thị Hoa").der) == (make_between().der,)


def test_a_list_of_a_stranger_is_not_kept() -> None:
    make_trusted_world()

    with pytest.raises(trust.NotACertificate, match="Không biết nơi"):
        trust.keep_crl(make_crl(make_root("Kẻ lạ")), "thử", at=MONDAY)


def test_a_list_is_kept_once() -> None:
    make_trusted_world()

    answer = trust.keep_crl(make_crl(make_root()), "thử lần hai", at=MONDAY)

    assert answer.source == "thử nghiệm"


def test_the_database_refuses_a_server_key_without_a_name() -> None:
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=5)

    with pytest.raises(IntegrityError, match="server_key_is_named"):
        Certificate.objects.filter(pk=own.pk).update(key_ref="")


def test_one_key_has_one_active_certificate() -> None:
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=5)
    given = trust.CertificateIn(
        make_leaf("Nguyễn Thị Hoa (mới)").der,
        trust.HolderKind.OFFICER,
        officer_id=5,
        way=trust.Way.SERVER,
        service_code=own.service_code,
        key_ref=own.key_ref,
    )

    with pytest.raises(IntegrityError, match="one_per_key"):
        trust.register_certificate(replace(given), by=QUANG, at=MONDAY)
