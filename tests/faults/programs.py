"""Faults of our own programs: killed, frozen, told to stop, joined and left."""

import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from domain.ports import PARTITIONS
from tests.faults.house import HouseError
from tests.faults.rows import Field, Row

RELAY = "relay"
LANE = "projector/live/lane/{}"
STANDS_BY_AFTER = 30.0
"""Seconds in which a frozen relay, awake again, must have ended itself."""
ASLEEP_ON, ASLEEP_LONG = 1.5, 60.0
"""Seconds for which the successor works before the zombie wakes; the first time of a full run
it sleeps a whole minute, longer than its connections, transactions and polls last."""
DRAINED_WITHIN = 30.0
JOIN_EVERY = 5.0
WORKERS = (RELAY, "projector")
PROGRAMS = ("api", *WORKERS, "scheduler", "reconciler")
"""All of ours that a stack runs."""
MOST_GUESTS = 2
ROOM_SHARE = 0.5
"""Of the load, where a start is timed: it costs 2.5 s of a core, and at the whole load the house
and its brokers leave two cores nothing idle (98 % busy: 8 to 16 s)."""


def some_lane(field: Field) -> str:
    """The lease of a lane of case facts."""
    return LANE.format(field.chance.randrange(PARTITIONS))


def api_killed(field: Field) -> float:
    """F01: in the middle of whatever it was answering."""
    house = field.house
    name = field.chance.choice(house.names("api"))
    before, shot = house.send(name, signal.SIGKILL), time.monotonic()
    house.until_reborn(name, before)
    house.until(lambda: house.serves(name), f"{name} does not serve")
    return time.monotonic() - shot


def holder_killed(lease: Callable[[Field], str]) -> Callable[[Field], float]:
    """F02, F03: the one at work; another takes over."""

    def strike(field: Field) -> float:
        house = field.house
        name = house.leader(lease(field))
        before, shot = house.send(name, signal.SIGKILL), time.monotonic()
        seconds = field.until_flowing(shot)
        house.until_reborn(name, before)
        return seconds

    return strike


def postgres_killed(field: Field) -> float:
    """F04: the server and so every connection; written again once it has recovered."""
    house = field.house
    before, shot = house.send("postgres", signal.SIGKILL), time.monotonic()
    house.until_reborn("postgres", before)
    first = house.soon(house.head, "no answer")
    house.until(lambda: house.head() > first, "nothing is recorded again")
    seconds = time.monotonic() - shot
    field.note("flowing_again", field.until_flowing(time.monotonic()) + seconds)
    return seconds


def relay_frozen(field: Field) -> float:
    """F10: it sleeps through its lease, another leads, it wakes in the middle of its round."""
    house = field.house
    name = house.leader(RELAY)
    before, frozen = house.send(name, signal.SIGSTOP), time.monotonic()
    try:
        house.until(lambda: house.holder(RELAY) not in (None, name), "nobody takes over")
        seconds = field.until_flowing(frozen)
        sleep_on(field, frozen)
        epoch = epoch_of(field)
    finally:
        os.kill(before["pid"], signal.SIGCONT)
    house.until_reborn(name, before, within=STANDS_BY_AFTER)
    if epoch_of(field) != epoch:
        raise HouseError("the relay that woke took the lead from its successor")
    return seconds


def sleep_on(field: Field, frozen: float) -> None:
    """Leave the zombie asleep while its successor works."""
    long = field.number == 0 and not field.quick
    left = ASLEEP_LONG - (time.monotonic() - frozen) if long else ASLEEP_ON
    field.house.rest(max(ASLEEP_ON, left))


def epoch_of(field: Field) -> int:
    """Under which epoch the cursor stands."""
    return int(field.house.rows("SELECT epoch FROM store.relay_cursor")[0][0])


def projector_frozen(field: Field) -> float:
    """F11: its lanes are taken over; it wakes with a batch in hand."""
    house, lease = field.house, some_lane(field)
    name = house.leader(lease)
    before, frozen = house.send(name, signal.SIGSTOP), time.monotonic()
    try:
        house.until(lambda: house.holder(lease) not in (None, name), "nobody takes the lane")
        seconds = field.until_flowing(frozen)
        sleep_on(field, frozen)
    finally:
        os.kill(before["pid"], signal.SIGCONT)
    field.note("awake_again", field.until_flowing(time.monotonic()))
    return seconds


def somebody_comes_or_goes(field: Field) -> float:
    """F12: one joins or leaves, a guest or one of the house; at most two guests at once."""
    began = time.monotonic()
    if field.chance.random() < 1 / 2:
        own_leaves(field)
    elif len(field.guests) >= MOST_GUESTS:
        field.guests.pop(0).close()
    else:
        guest = ExitStack()
        guest.enter_context(field.house.joined(field.chance.choice(WORKERS)))
        field.guests.append(guest)
    seconds = field.until_flowing(began)
    time.sleep(max(0.0, JOIN_EVERY - seconds))
    return seconds


def own_leaves(field: Field) -> None:
    """A worker of the house is told to stop; it joins again as another."""
    names = [name for kind in WORKERS for name in field.house.names(kind)]
    name = field.chance.choice(names)
    field.house.until_reborn(name, field.house.send(name, signal.SIGTERM))


def asked_to_stop(field: Field) -> float:
    """F28: SIGTERM in full work, to any of our programs; the seconds until it ended with 0."""
    house = field.house
    names = [name for kind in PROGRAMS for name in house.names(kind)]
    name = field.chance.choice(names)
    before, told = house.send(name, signal.SIGTERM), time.monotonic()
    house.until(lambda: is_gone(before["pid"]), f"{name} does not end", within=DRAINED_WITHIN)
    seconds = time.monotonic() - told
    house.until_reborn(name, before)
    ends = [line for line in house.log(name).splitlines() if "ended (" in line]
    if not ends or "ended (exit 0)" not in ends[-1]:
        raise HouseError(f"{name} did not end with 0: {ends[-1:]}")
    return seconds


def is_gone(pid: int) -> bool:
    """Whether no process has this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def two_killed(field: Field) -> float:
    """Two of the six at once, whichever."""
    house = field.house
    names = [name for kind in ("api", RELAY, "projector") for name in house.names(kind)]
    victims: Sequence[str] = field.chance.sample(names, 2)
    before = {name: house.program(name) for name in victims}
    shot = house.shoot(*victims)
    seconds = field.until_flowing(shot)
    for name in victims:
        house.until_reborn(name, before[name])
    return seconds


def only_retryable(told: Mapping[str, Any]) -> str | None:
    """No answer of 500 and more without a word when to come again."""
    count = told["not_retryable"]
    return f"{count} answers of 5xx that are not retryable" if count else None


ROWS = (
    Row("F01", "kill -9 of an API process", "serves again, clients retry by key", api_killed, 10.0,
        quick=2, share=ROOM_SHARE, judge=only_retryable),
    Row("F02", "kill -9 of the leading relay", "the standby leads, redo",
        holder_killed(lambda _field: RELAY), 30.0, kinds=(RELAY,)),
    Row("F03", "kill -9 of a projector at work", "another takes its lanes, redo",
        holder_killed(some_lane), 30.0, kinds=("projector",)),
    Row("F04", "kill -9 of Postgres", "recovers, writes again", postgres_killed, 15.0,
        calm=1.0, takes=13.0),
    Row("F10", "relay frozen until another leads", "the old epoch is fenced", relay_frozen, 30.0,
        kinds=(RELAY,), takes=15.0),
    Row("F11", "projector frozen until its lanes are taken", "no effect of the old one",
        projector_frozen, 30.0, kinds=("projector",), takes=9.0),
    Row("F12", "relays and projectors join and leave, every 5 s", "the flow goes on",
        somebody_comes_or_goes, 30.0, times=60, quick=2, calm=0.0, takes=5.5),
    Row("F28", "SIGTERM under load", "drains, exit 0", asked_to_stop, DRAINED_WITHIN,
        quick=2, takes=4.0, judge=only_retryable),
    Row("P02", "two of six programs killed at once", "the flow goes on", two_killed, 30.0,
        takes=8.0),
)  # fmt: skip
