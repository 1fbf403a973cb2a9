from django.apps import AppConfig


class Site(AppConfig):
    """The site itself: it owns no tables, only the commands that stand above all rooms."""

    name = "config"
    verbose_name = "Hệ thống"
