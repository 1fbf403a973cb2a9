"""What the web server calls."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config import patience
from config.collector import spare_what_stays

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()
patience.limit(settings.DATABASES["default"], settings.PAGE_SECONDS)
get_resolver().url_patterns  # noqa: B018 -- imports every view now, not in the first request
spare_what_stays()
