"""A container of evidence with a time stamp, from an authority that answers."""

from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import World
from motcua.foundation.signing.tests.test_containers import make_container
from motcua.foundation.trust.tests.make import (
    MONDAY,
    make_between,
    make_crl,
    make_root,
)

from .proof import make_authority
from .test_xades import stamp


def test_the_moment_of_a_container_is_proven_by_its_time_stamp() -> None:
    authority = make_authority()
    anchors = {make_root().der: "Gốc thử nghiệm", authority.root.der: "Gốc minh họa"}
    others = (make_between().der, authority.between.der)
    crls = (make_crl(make_root()), make_crl(make_between()), *authority.crls(at=MONDAY))

    report = examine_file(make_container(ask=stamp), World(MONDAY, anchors, others, crls))

    [shown] = report.signatures
    assert (report.verdict.indication, shown.level, shown.proven_at) == (
        "TOTAL-PASSED",
        "XAdES B-T",
        MONDAY,
    )
