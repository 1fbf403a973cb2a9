"""The process of exchange over a line in bad weather."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.management.commands import exchange_serve
from demo.bench.wires import Weather, opened_in
from motcua.adapters.peer_exchange.client import PeerCarrier
from motcua.casework.exchange import api as exchange


class Command(exchange_serve.Command):
    """Run until told to stop."""

    help = "Tiến trình liên thông trên đường truyền xấu (chỉ để thử)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        super().add_arguments(parser)
        parser.add_argument("--lost", type=float, default=0.01)
        parser.add_argument("--doubled", type=float, default=0.01)
        parser.add_argument("--cut", type=Path, required=True)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: object, **options: Any) -> None:
        """Put the bad line in the place of the good one, then run."""
        weather = Weather(
            options["lost"], options["doubled"], options["cut"].absolute(), options["seed"]
        )
        exchange.carriers[exchange.Way.PEER.value] = PeerCarrier(opened_in(weather))
        super().handle(*args, **options)
