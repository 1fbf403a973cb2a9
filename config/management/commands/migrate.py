"""Migrate as Django does, in a fraction of the time."""

from typing import Any

from django.core.management.commands import migrate

from config.migrating import light_steps


class Command(migrate.Command):
    """Bring the database to the state of the code."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate with light steps."""
        with light_steps():
            super().handle(*args, **options)
