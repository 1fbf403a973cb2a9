"""ZIPs in messages that no program should have made."""

from motcua.casework.exchange.rules.edxml.contents import content_of, unwrap
from motcua.lib.tests.test_zips import without_a_name


def test_a_zip_whose_entry_has_no_name_is_refused_as_broken() -> None:
    found = unwrap(content_of(without_a_name()), "a.pdf")
    assert (found.content, [rule for rule, _ in found.troubles]) == (None, ["zip-broken"])
