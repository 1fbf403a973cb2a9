"""What every page says about the site, in the language of the page."""

from motcua.channels.kit.site import Site
from motcua.lib.tongue import ENGLISH, speaking


def test_the_note_is_said_in_english_where_it_was_written_in_it() -> None:
    both, one = Site(note="Bản thử.", note_english="A trial."), Site(note="Bản thử.")
    with speaking(ENGLISH):
        english = both.told_note, one.told_note

    assert (both.told_note, *english) == ("Bản thử.", "A trial.", "Bản thử.")
