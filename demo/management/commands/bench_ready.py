"""Make a loaded world ready for clients: sessions awake, passwords known, one person by number."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandParser

from demo.bench.known import PASSWORD, PERSONAL_ID
from demo.bench.world import EDITOR
from motcua.casework.dossiers import api as dossiers
from motcua.foundation.identity import api as identity
from motcua.foundation.ledger import api as ledger
from motcua.foundation.people import api as people
from motcua.lib.clock import now

OF_ONE_PERSON = 5
SESSIONS = timedelta(days=30)


class Command(BaseCommand):
    """Run before every measurement: a kept world may have slept for days."""

    help = "Chuẩn bị dữ liệu đã nạp cho phép đo (dùng trong ./run bench)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--note", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Wake, set, attach, seal what was loaded; a second time changes nothing."""
        at, world = now(), json.loads(options["note"].read_text())
        identity.Session.objects.update(seen_at=at, started_at=at, expire_date=at + SESSIONS)
        citizens = identity.Account.objects.filter(pk__in=world["citizen_ids"])
        citizens.update(password=make_password(PASSWORD))
        world["citizen_names"] = list(citizens.values_list("username", flat=True))
        options["note"].write_text(json.dumps(world))
        facts = people.PersonFacts("Nguyễn Văn An", personal_id=PERSONAL_ID)
        person = people.remember_person(facts, by=EDITOR, at=at)
        mine = dossiers.Dossier.objects.filter(support_unit_id=world["places"][0]["desk_id"])
        few = list(mine.order_by("id").values_list("pk", flat=True)[:OF_ONE_PERSON])
        dossiers.Dossier.objects.filter(pk__in=few).update(applicant_person_id=person.pk)
        for stream in ledger.StreamName.values:  # a province seals its trail as it grows
            while ledger.seal(stream, at=now()):
                pass
