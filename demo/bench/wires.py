"""A line between installations in bad weather: what goes over it is lost, doubled, cut off."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from motcua.adapters.peer_exchange.wire import Answer, HttpsWire, Request, Wire
from motcua.casework.exchange.api import CarrierAway, CounterpartInfo


@dataclass(frozen=True, slots=True)
class Weather:
    """How bad it is: shares of all requests; while the file exists the line is cut."""

    lost: float
    doubled: float
    cut: Path
    seed: int


class RoughWire:
    """The real line, in such weather. Half of what is lost is the answer: it was done."""

    def __init__(self, wire: Wire, weather: Weather, dice: Random) -> None:
        self._wire, self._weather, self._dice = wire, weather, dice

    def send(self, request: Request) -> Answer:
        """Send a request, or not, or twice. Raises: CarrierAway."""
        weather, thrown = self._weather, self._dice.random()
        if weather.cut.exists():
            raise CarrierAway("Đường truyền bị cắt.", is_line_down=True)
        if thrown < weather.lost / 2:
            raise CarrierAway("Gói tin thất lạc trên đường.")
        if weather.lost < thrown < weather.lost + weather.doubled:
            self._wire.send(request)
        answer = self._wire.send(request)
        if weather.lost / 2 <= thrown < weather.lost:
            raise CarrierAway("Câu trả lời thất lạc trên đường.")
        return answer

    def close(self) -> None:
        """Let go of the line."""
        self._wire.close()


def opened_in(weather: Weather) -> Callable[[CounterpartInfo], Wire]:
    """Return what opens lines in such weather; each has dice of its own."""
    dice = Random(weather.seed)

    def open_wire(partner: CounterpartInfo) -> Wire:
        return RoughWire(HttpsWire(partner), weather, Random(dice.random()))

    return open_wire
