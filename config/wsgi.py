"""What the web server calls."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()
patience.limit(settings.DATABASES["default"], settings.PAGE_SECONDS)
get_resolver().url_patterns  # noqa: B018 -- imports every view now, not in the first request
# What has been imported lives as long as the process: the collector need not walk over it in the
# middle of a request, and it comes less often than after every 700 objects.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
