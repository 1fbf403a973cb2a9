"""The first version of the interface: every subject's endpoints in their places."""

from ninja import NinjaAPI, Router

from motcua.foundation.clients.api import Scope

from . import problems
from .door import with_limits
from .guard import Load, Needs
from .routers import (
    agendas,
    bulk,
    catalogue,
    councils,
    desk,
    documents,
    dossiers,
    drafts,
    figures,
    filing,
    hooks,
    leading,
    mandates,
    money,
    outgoing,
    promises,
    registers,
    sessions,
    signatures,
    staffing,
    tasks,
    uploads,
    work,
    workfiles,
)

DOORS = (
    catalogue,
    dossiers,
    filing,
    drafts,
    uploads,
    desk,
    work,
    councils,
    leading,
    staffing,
    mandates,
    money,
    registers,
    documents,
    outgoing,
    tasks,
    agendas,
    workfiles,
    figures,
    signatures,
)
# Routers of their own, guarded as a whole: address, endpoints, the scope and load of them all.
BESIDE = (
    ("/v1/hooks", hooks.router, Scope.HOOKS, None),
    ("/v1/bulk", bulk.router, Scope.BULK, Load.HEAVY),
)


def make_interface() -> NinjaAPI:
    """Return the interface with everything in its place."""
    interface = NinjaAPI(
        title="motcua",
        version="1",
        description="Giao diện kết nối của hệ thống một cửa cấp tỉnh.",
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
    )
    problems.install(interface)
    interface.add_decorator(with_limits, mode="view")
    interface.add_router("/v1", sessions.router)
    router = Router()
    for subject in DOORS:
        subject.door.enter(router)
    interface.add_router("/v1", router)
    for address, endpoints, scope, load in BESIDE:
        interface.add_router(address, endpoints, auth=Needs(scope, load))
    interface.add_router("/v1/ledger", promises.router)
    return interface
