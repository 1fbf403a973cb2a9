"""The addresses of the interface."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_GET

from motcua.channels.kit.access import public

from .interface import make_interface

PREFIX = "api/"
interface = make_interface()


@public
@require_GET
def description(request: HttpRequest) -> JsonResponse:
    """Answer the description of the interface (OpenAPI 3.1)."""
    root = request.build_absolute_uri("/api/").removesuffix("/")
    return JsonResponse(interface.get_openapi_schema(path_prefix=f"{root}/"))


urlpatterns = [path("openapi.json", description), path("", interface.urls)]
