"""The live stream: signals that something changed (luồng trực tiếp)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from domain.days import day_of
from domain.errors import NotFound
from services.api import catalogue
from services.api.bodies.base import Ref
from services.api.deps import TheClaims
from services.api.problems import Problem, refuses, unavailable
from services.api.reading import Reading, TheReader
from services.api.sse import topics
from services.api.sse import vector as lanes
from services.api.sse.hub import Hub, Listener
from services.api.sse.pending import Signal
from services.areas import may_look_over

router = APIRouter(prefix="/api/v1", tags=["live"])

LONGEST = 15 * 60.0
"""Seconds until a stream ends by itself; the client comes back with its last id."""
RETRY = 2000
"""Milliseconds a browser waits before it comes back."""
MOST_PLACES = 8
MOST_STREAMS = 16
"""Open streams of one account in this process; a browser has one per window."""
HEARTBEAT = 15.0
RESET = "reset"


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

    hub: Hub
    watch: Watch
    listener: Listener
    reset: bool
    seconds: float


async def watched(
    reader: TheReader,
    unit: Annotated[
        list[Ref] | None,
        Query(max_length=MOST_PLACES, description="Boards to hear; the own unit's always."),
    ] = None,
    file: Annotated[
        list[UUID] | None, Query(max_length=MOST_PLACES, description="Dossiers to hear.")
    ] = None,
) -> Watch:
    """What the reader may listen to of what was asked for. Refuses: 403, 404, 422."""
    units = {reader.unit(ref) for ref in unit or ()}
    own = reader.directory.get_office(reader.officer.office, reader.today).unit
    if may_look_over(reader.officer, own, reader.directory, reader.today):
        units.add(own)
    for dossier in file or ():
        await reader.dossier(dossier)
    return Watch(reader, frozenset(units), frozenset(map(str, file or ())))


async def listening(
    request: Request,
    watch: Annotated[Watch, Depends(watched)],
    claims: TheClaims,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[Listening]:
    """Join the hub before the answer begins, and leave it when the stream ends."""
    hub: Hub = request.app.state.hub
    account = watch.reading.officer.account
    if hub.streams_of(account) >= MOST_STREAMS:
        raise Problem.at(
            catalogue.TOO_MANY_STREAMS,
            "#",
            f"Tài khoản đang mở {MOST_STREAMS} luồng trực tiếp.",
            "Đóng bớt cửa sổ rồi mở lại.",
            Retry_After="30",
        )
    since = lanes.decode(last_event_id) if last_event_id else None
    listener = await hub.join(watch.hears, since, account) if since or not last_event_id else None
    reset = listener is None
    if listener is None:
        listener = await hub.join(watch.hears, None, account)
    if listener is None:
        raise unavailable(catalogue.STORE_UNAVAILABLE)
    seconds = min(LONGEST, claims.valid_for.total_seconds())
    try:
        yield Listening(hub, watch, listener, reset, seconds)
    finally:
        hub.leave(listener)


@router.get(
    "/stream",
    response_class=EventSourceResponse,
    responses=refuses(400, 403, 404, 429),
)
async def follow(
    stream: Annotated[Listening, Depends(listening)],
) -> AsyncIterator[ServerSentEvent]:
    """Signals that something changed at a desk, on a board, in a dossier (luồng trực tiếp).

    Each event is named after its topic and says ``{topic, unit, seq}``: fetch again what it
    names. Resumes after ``Last-Event-ID``; ``reset`` says that too much happened meanwhile
    and everything shown should be fetched again. Ends after 15 minutes or with the token.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + stream.seconds
    numbers = count(1)
    first = RESET if stream.reset else "ready"
    yield event(stream, Signal(first, ""), next(numbers))
    while not stream.listener.over and (now := loop.time()) < until:
        signal = await stream.listener.next(min(until, now + HEARTBEAT))
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
