"""Recurring work of dossiers."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.confirming import close_silent
from .operations.drafts import sweep_drafts


@jobs.recurring("dossiers.close_silent", every=timedelta(minutes=30))
def let_silence_be_consent(at: datetime) -> None:
    """Close questions whose time has passed, where the version lets silence be consent."""
    close_silent(at=at)


@jobs.recurring("dossiers.sweep_drafts", every=timedelta(days=1))
def sweep_old_drafts(at: datetime) -> None:
    """Remove drafts nobody has touched for ninety days."""
    sweep_drafts(at=at)
