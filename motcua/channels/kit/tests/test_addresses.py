import pytest
from django.urls import NoReverseMatch, reverse
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from motcua.channels.kit.addresses import address
from motcua.channels.kit.escaping import Generator, text_of
from motcua.channels.kit.jinja import environment


@pytest.mark.parametrize("code", ["H18.101-261008-0007", "có dấu?&#", "a%b"])
def test_an_address_is_the_one_django_finds(code: str) -> None:
    assert (address("office:work"), address("office:dossier", code)) == (
        reverse("office:work"),
        reverse("office:dossier", args=[code]),
    )


def test_a_word_that_may_not_stand_in_an_address_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        address("kit:gallery_page", "a b")


@pytest.mark.parametrize("value", ["<b>", "Lò & Cà", "a'b", Markup("<i>"), 7, None, "trơn"])
def test_what_a_page_puts_out_is_escaped_as_jinja_does(value: object) -> None:
    assert text_of(value) == escape(value)


def test_templates_escape_values_and_keep_components() -> None:
    env = environment(autoescape=True)

    page = env.from_string(
        "{{ word }}{% set cell %}{{ word }}{% endset %}{{ cell }}{{ ui.tag(word) }}"
    )

    assert (page.render(word="<a>").count("&lt;a&gt;"), env.code_generator_class) == (3, Generator)


def test_an_unknown_name_still_stops_the_page() -> None:
    env: Environment = environment(autoescape=True)
    assert env.undefined is StrictUndefined

    with pytest.raises(UndefinedError):
        env.from_string("{{ nothing }}").render()
