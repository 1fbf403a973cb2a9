"""Whose certificates there are."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from motcua.foundation.trust.choices import CertificateState, HolderKind
from motcua.foundation.trust.models import Certificate


def certificates_of_officer(officer_id: int, at: datetime) -> Sequence[Certificate]:
    """Return the certificates an officer may sign with now, newest first. Costs: one query."""
    found = _usable(at).filter(holder_kind=HolderKind.OFFICER, officer_id=officer_id)
    return list(found.order_by("-not_before", "-id"))


def seal_of_agency(agency_id: int, at: datetime) -> Certificate | None:
    """Return the certificate with which an agency seals now. Costs: one query."""
    found = _usable(at).filter(holder_kind=HolderKind.AGENCY, agency_id=agency_id)
    return found.order_by("-not_before", "-id").first()


def find_certificate(sha256: str) -> Certificate | None:
    """Return a certificate by its fingerprint. Costs: one query."""
    return Certificate.objects.filter(sha256=sha256).first()


def ending_before(day: date) -> Sequence[Certificate]:
    """Return active certificates that end before the day, soonest first. Costs: one query."""
    found = Certificate.objects.filter(state=CertificateState.ACTIVE, not_after__date__lt=day)
    return list(found.order_by("not_after", "id"))


def _usable(at: datetime) -> QuerySet[Certificate]:
    return Certificate.objects.filter(
        state=CertificateState.ACTIVE, not_before__lte=at, not_after__gt=at
    )
