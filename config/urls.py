"""The addresses: each channel and adapter brings its own under the prefix it declares."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLResolver, include, path


def channel_urls() -> list[URLResolver]:
    """Return one entry per room with a `urls.py`; the empty prefix comes last."""
    modules = [
        import_module(f"{room}.urls") for room in settings.ROOMS if find_spec(f"{room}.urls")
    ]
    modules.sort(key=lambda module: (module.PREFIX == "", module.PREFIX))
    return [path(module.PREFIX, include(module.__name__)) for module in modules]


urlpatterns = channel_urls()
handler400 = "motcua.channels.kit.pages.bad_request"
handler403 = "motcua.channels.kit.pages.forbidden"
handler404 = "motcua.channels.kit.pages.not_found"
handler500 = "motcua.channels.kit.pages.server_error"
