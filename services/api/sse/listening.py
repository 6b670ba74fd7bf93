"""One stream from its first check to its last event, for whichever door it is asked at.

The API's route and the pages' route differ in how they know the reader; from there on it
is the same: :func:`watch` checks rights, :func:`joined` joins the hub before the answer
begins, :func:`told` is what goes over the wire.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import count
from uuid import UUID

from fastapi.sse import ServerSentEvent

from domain.days import day_of
from domain.errors import NotFound
from infra.identity.keys import IdentityUnavailable
from infra.identity.tokens import TokenRefused, Verifier
from services.api import catalogue
from services.api.problems import unavailable
from services.api.reading import Reading
from services.api.sse import topics
from services.api.sse import vector as lanes
from services.api.sse.hub import Hub
from services.api.sse.listener import Listener
from services.api.sse.pending import RESET, Signal
from services.areas import may_look_over

LONGEST = timedelta(minutes=15)
"""Until a stream ends by itself; the client comes back with its last id."""
RETRY = 2000
"""Milliseconds a browser waits before it comes back."""
HEARTBEAT = 15.0
READY = Signal("ready", "")


@dataclass(frozen=True)
class Watch:
    """What one stream listens to, by the rights of the moment of each signal."""

    reading: Reading
    units: frozenset[str]
    files: frozenset[str]

    def hears(self, signal: Signal) -> bool:
        """Whether a signal is for this reader."""
        match signal.topic:
            case topics.DESK:
                return signal.place == self.reading.officer.office
            case topics.FILE:
                return signal.place in self.files
        return signal.place in self.units

    async def may_be_told(self, signal: Signal) -> bool:
        """Whether the reader still may: offices end, units merge, files change hands."""
        if signal == RESET:
            return True
        now = replace(self.reading, today=day_of(self.reading.parts.clock.now()))
        if signal.topic == topics.DESK:
            return now.directory.find_office(signal.place, now.today) is not None
        if signal.topic == topics.FILE:
            try:
                await now.dossier(UUID(signal.place))
            except NotFound:
                return False
            return True
        return may_look_over(now.officer, signal.place, now.directory, now.today)


@dataclass(frozen=True)
class Listening:
    """A stream about to begin: everything that can be refused has been."""

    watch: Watch
    listener: Listener
    reset: bool
    seconds: float
    holds: Callable[[], bool]


async def watch(reading: Reading, units: Sequence[str], files: Sequence[UUID]) -> Watch:
    """What the reader may listen to: these boards and dossiers, and the own unit's board.

    Refuses: ``AreaNotForReader``, ``UnknownUnit``, ``NotFound``.
    """
    heard = {reading.unit(ref) for ref in units}
    own = reading.directory.get_office(reading.officer.office, reading.today).unit
    if may_look_over(reading.officer, own, reading.directory, reading.today):
        heard.add(own)
    for dossier in files:
        await reading.dossier(dossier)
    return Watch(reading, frozenset(heard), frozenset(map(str, files)))


@contextlib.asynccontextmanager
async def joined(
    hub: Hub,
    watching: Watch,
    *,
    last_event_id: str | None,
    valid_for: timedelta,
    token: str,
) -> AsyncIterator[Listening]:
    """Take a place and join the hub; leave both when the stream ends.

    ``valid_for``: how long the reader's ``token`` still holds. Refuses: 429, 503.
    """
    with hub.places.taken(watching.reading.officer.account):
        since = lanes.decode(last_event_id) if last_event_id else None
        anew = bool(last_event_id) and since is None
        listener = None if anew else await hub.join(watching.hears, since)
        reset = listener is None
        listener = listener or await hub.join(watching.hears, None)
        if listener is None:
            raise unavailable(catalogue.STORE_UNAVAILABLE)
        try:
            seconds = min(LONGEST, valid_for).total_seconds()
            tokens = watching.reading.parts.tokens
            yield Listening(watching, listener, reset, seconds, partial(holds, tokens, token))
        finally:
            hub.leave(listener)


def holds(tokens: Verifier, token: str) -> bool:
    """Whether a token is still good now: its key may have been taken back meanwhile."""
    try:
        tokens.verify(token)
    except (TokenRefused, IdentityUnavailable):
        return False
    return True


async def told(stream: Listening) -> AsyncIterator[ServerSentEvent]:
    """The events: first ``ready`` or ``reset``, then signals, an id now and then."""
    loop = asyncio.get_running_loop()
    until = loop.time() + stream.seconds
    numbers = count(1)
    yield event(stream, RESET if stream.reset else READY, next(numbers))
    while not stream.listener.over and (now := loop.time()) < until:
        signal = await stream.listener.next(min(until, now + HEARTBEAT))
        if not stream.holds():
            return
        if signal is not None and await stream.watch.may_be_told(signal):
            yield event(stream, signal, next(numbers))
        elif signal is None and not stream.listener.over:
            yield ServerSentEvent(id=lanes.encode(stream.listener.pending.told), comment="ping")


def event(stream: Listening, signal: Signal, seq: int) -> ServerSentEvent:
    """A signal on the wire; its id never passes a signal that is still held back."""
    return ServerSentEvent(
        event=signal.topic,
        data={"topic": signal.topic, "unit": signal.place, "seq": seq},
        id=lanes.encode(stream.listener.pending.told),
        retry=RETRY if seq == 1 else None,
    )
