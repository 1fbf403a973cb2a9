"""Deny by default: these views, and no others, are open to people who have not signed in."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.channels.kit.access import is_public

PUBLIC = {
    "motcua.adapters.payment_gateways.views.bank_notice",
    "motcua.adapters.payment_gateways.views.look_up_bill",
    "motcua.channels.accounts.by_phone.ask",
    "motcua.channels.accounts.by_phone.prove",
    "motcua.channels.accounts.by_phone.set_password",
    "motcua.channels.api.urls.changes_of_interface",
    "motcua.channels.api.urls.client_package",
    "motcua.channels.api.urls.current_client",
    "motcua.channels.api.urls.description",
    "motcua.channels.api.urls.guide",
    "motcua.channels.api.urls.subject",
    "motcua.channels.kit.tongues.choose",
    "motcua.channels.kit.views.gallery",
    "motcua.channels.portal.views.calendars.week",
    "motcua.channels.portal.views.figures.figures",
    "motcua.channels.portal.views.home.choose_place",
    "motcua.channels.portal.views.home.home",
    "motcua.channels.portal.views.issued.paper",
    "motcua.channels.portal.views.lookup.lookup",
    "motcua.channels.portal.views.lookup.progress",
    "motcua.channels.portal.views.paying.mail",
    "motcua.channels.portal.views.paying.notice",
    "motcua.channels.portal.views.paying.pay",
    "motcua.channels.portal.views.paying.pay_return",
    "motcua.channels.portal.views.postings.notice",
    "motcua.channels.portal.views.postings.posting",
    "motcua.channels.portal.views.postings.postings",
    "motcua.channels.portal.views.procedures.browse",
    "motcua.channels.portal.views.procedures.procedure",
    "motcua.channels.portal.views.procedures.search",
    "motcua.channels.portal.views.promises.book",
    "motcua.channels.portal.views.promises.file",
    "motcua.channels.portal.views.promises.slip",
    "motcua.channels.portal.views.promises.slip_file",
    "motcua.channels.portal.views.receipts.lookup",
    "motcua.channels.portal.views.receipts.pdf",
    "motcua.channels.portal.views.receipts.receipt",
    "motcua.channels.portal.views.receipts.xml",
    "motcua.channels.portal.views.signatures.examine",
    "motcua.channels.portal.views.signatures.kept",
    "motcua.channels.portal.views.signatures.kept_file",
    "motcua.channels.portal.views.signatures.report",
    "motcua.channels.registry.agenda.views.calendar_file",
}
GUESTS = ("allauth", "django", "ninja")

View = Callable[..., Any]


def views(resolver: URLResolver) -> Iterator[View]:
    """Yield every view that has an address."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield getattr(entry.callback, "view_class", entry.callback)
        else:
            yield from views(entry)


def place(view: View) -> str:
    return f"{view.__module__}.{view.__qualname__}"


def test_the_public_views_are_exactly_these() -> None:
    found = {place(view) for view in views(get_resolver()) if is_public(view)}

    assert {name for name in found if not name.startswith(GUESTS)} == PUBLIC
