"""Whatever comes in, an examination answers, and never in favour of what was changed."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication

from .corpus import make_sealed
from .test_engine import make_world

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(st.binary(max_size=2_000))
def test_noise_gets_an_answer(noise: bytes) -> None:
    report = examine_file(b"%PDF-1.7\n" + noise, make_world())

    assert report.verdict.indication != Indication.PASSED


@FEW
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_what_the_seal_covers_cannot_be_changed_unseen(place: int, other: bytes) -> None:
    sealed = make_sealed()
    gap = sealed.rindex(b"/Contents <")
    place = place % (gap - len(other))
    changed = sealed[:place] + other + sealed[place + len(other) :]

    report = examine_file(changed, make_world())

    assert changed == sealed or report.verdict.indication != Indication.PASSED
