"""What a long run is judged by."""

from demo.bench.soak import Shape, Window, recovery, verdicts

SHAPE = Shape(seconds=900.0, per_second=10.0)  # the spike lasts from 400 to 500 s


def _windows(slow_after: float = 0.0, growth: float = 1.0, failed: int = 0) -> list[Window]:
    found = []
    for number in range(180):
        from_s = number * 5.0
        is_slow = 400 <= from_s < 500 + slow_after
        memory = 500.0 * (growth if from_s > 500 else 1.0)
        one = Window(from_s, is_spike=400 <= from_s < 500, memory_mb=memory)
        one.times = [0.5 if is_slow else 0.02] * 20
        found.append(one)
    found[150].failed = failed
    return found


def test_spike_stands_in_the_middle() -> None:
    assert SHAPE.spike() == (400.0, 500.0)
    assert [SHAPE.rate(at) for at in (0, 399, 400, 499, 500)] == [10, 10, 50, 50, 10]


def test_recovery_ends_with_the_last_slow_window() -> None:
    assert recovery(_windows(), 500.0, 30.0) == 0
    assert recovery(_windows(slow_after=20), 500.0, 30.0) == 20
    late = _windows()
    late[170].times = [0.5] * 20  # six minutes later: something else
    assert recovery(late, 500.0, 30.0) == 0


def test_calm_run_holds_every_bar() -> None:
    assert all(is_held for _, is_held in verdicts(_windows(slow_after=20), SHAPE))


def test_slow_recovery_growth_and_failures_are_told() -> None:
    missed = [words for words, is_held in verdicts(_windows(90, 1.2, 3), SHAPE) if not is_held]
    assert [words.split()[0] for words in missed] == ["after:", "calm", "memory"]
