"""The process of exchange: carries to partners outside, listens for them, reads what came."""

import signal
import socket
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.exchanging import REST_S, Rounds
from motcua.adapters.peer_exchange.identity import NoIdentity, our_identity
from motcua.adapters.peer_exchange.server import LineServer


class Command(BaseCommand):
    """Run until told to stop."""

    help = "Tiến trình liên thông: gửi, nhận văn bản với các đối tác bên ngoài."
    requires_system_checks: list[str] = []  # it is to be back at once after a fall

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--port", type=int, metavar="CỔNG", help="cổng nghe; bỏ: chỉ gửi đi")
        parser.add_argument("--host", default="0.0.0.0", help="địa chỉ nghe")  # noqa: S104 -- partners come from outside; each shows its certificate
        parser.add_argument("--lanes", type=int, default=2, help="số đường gửi song song")
        parser.add_argument(
            "--rest", type=float, default=REST_S, help="nghỉ bao lâu khi đối tác vắng (giây)"
        )
        parser.add_argument("--name", default=socket.gethostname(), help="tên")

    def handle(self, *_args: object, **options: Any) -> None:
        """Listen, and go round."""
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        server = self._listening(options["host"], options["port"]) if options["port"] else None
        try:
            lanes, rest_s = options["lanes"], options["rest"]
            is_pressed = server.pressure.is_high if server is not None else lambda: False
            known_as = f"exchange@{options['name']}"  # by that doctor knows it
            Rounds(stopped, name=known_as, lanes=lanes, rest_s=rest_s, is_pressed=is_pressed).run()
        finally:
            if server is not None:
                server.shutdown()
                server.server_close()

    def _listening(self, host: str, port: int) -> LineServer:
        """Raises: CommandError."""
        try:
            our_identity()
            server = LineServer(host, port)
        except NoIdentity as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            message = f"Không mở được cổng {host}:{port} ({error.strerror})."
            raise CommandError(message) from error
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.stdout.write(f"Nghe đối tác ở {host}:{port}.")
        return server
