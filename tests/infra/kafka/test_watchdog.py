"""A hung library call ends the process; a slow one does not."""

import threading

from infra.kafka.watchdog import Watchdog

TICK = 0.01


def test_what_does_not_come_back_in_time_is_reported_once() -> None:
    heard: list[str] = []
    reported = threading.Event()

    def on_stuck(what: str) -> None:
        heard.append(what)
        reported.set()

    watchdog = Watchdog(on_stuck, tick=TICK)
    with watchdog.within(0.0, "poll"):
        assert reported.wait(5)
    watchdog.stop()
    assert heard == ["poll did not come back in time"]


def test_what_comes_back_is_watched_no_more() -> None:
    heard: list[str] = []
    ticks = threading.Event()
    watchdog = Watchdog(heard.append, tick=TICK)
    with watchdog.within(60.0, "round"), watchdog.within(60.0, "poll"):
        pass
    with watchdog.within(60.0, "round"):
        ticks.wait(10 * TICK)
    watchdog.stop()
    assert heard == []
