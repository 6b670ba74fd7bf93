"""The pages' stream: named signals by the session's cookie, on the API's hub (trực tiếp)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from domain.days import day_of
from projections.ports import ViewsUnavailable
from services.api.bodies.base import Ref
from services.api.deps import today_of
from services.api.routes.stream import MOST_PLACES
from services.api.sse import topics
from services.api.sse import vector as lanes
from services.api.sse.listening import RETRY, Listening, Watch, joined, watch
from services.api.sse.pending import RESET
from services.seats import seat_of
from services.web import session
from services.web.present.frame import OLD_AFTER
from services.web.present.words import local
from services.web.routes.door import TheVisit, Visit
from services.web.routes.page_route import pages

router = pages()

PULSE: Final = 8.0
"""Seconds between two signs of life: three of them fit before a page calls itself stale."""

NAMES: Final = {
    topics.BOARD: "board",
    topics.DESK: "inbox",
    topics.FILE: "file",
    topics.GATHERINGS: "crowds",
    topics.RETURNS: "missions",
}
EVERYTHING: Final = ("board", "inbox", "file", "crowds", "missions")
"""What a page is told when it cannot be told piece by piece, and on a new day."""
MOVED: Final = "moved"
"""The reader sits at another office now: the page is to be opened anew."""
DEMO_LOOK: Final = 1.0
"""Seconds between two looks at the day where ``tiepdan demo advance`` may move it."""


async def page_watch(
    visit: TheVisit,
    unit: Annotated[list[Ref] | None, Query(alias="don-vi", max_length=MOST_PLACES)] = None,
    file: Annotated[list[UUID] | None, Query(alias="ho-so", max_length=MOST_PLACES)] = None,
) -> Watch:
    """What the page may listen to, by the same rules as at the API. Refuses: 403, 404, 422."""
    return await watch(visit.reading, unit or (), file or ())


async def page_listening(
    request: Request,
    visit: TheVisit,
    watching: Annotated[Watch, Depends(page_watch)],
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[Listening]:
    """Join the hub before the answer begins, and leave it when the stream ends."""
    async with joined(
        request.app.state.hub,
        watching,
        last_event_id=last_event_id,
        valid_for=visit.claims.valid_for,
        token=request.cookies[session.COOKIE],
    ) as stream:
        yield stream


@router.get("/truc-tiep", response_class=EventSourceResponse)
async def follow(
    visit: TheVisit, stream: Annotated[Listening, Depends(page_listening)]
) -> AsyncIterator[ServerSentEvent]:
    """Signals of what changed, and a pulse as long as what is shown is fresh.

    A page that hears nothing calls itself stale after thirty seconds. While the views lag
    behind, what is sent names no moment, and the page calls itself stale at once.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + stream.seconds
    for name in EVERYTHING if stream.reset else ():
        yield _event(stream, name, local(visit.parts.clock.now()))
    at, day = await _fresh_at(visit), visit.reading.today
    pulse = loop.time() + PULSE
    yield _event(stream, "pulse" if at else "late", at, retry=RETRY)
    while not stream.listener.over and (now := loop.time()) < until:
        look = now + DEMO_LOOK if visit.parts.demo else pulse
        signal = await stream.listener.next(min(until, pulse, look))
        if not stream.holds():
            return
        if _has_moved(visit):
            yield _event(stream, MOVED, None)
            return
        today = await today_of(visit.parts)
        names: tuple[str, ...] = EVERYTHING if today != day else ()
        if signal is not None and await stream.watch.may_be_told(signal):
            names = EVERYTHING if signal == RESET else names or (NAMES[signal.topic],)
        if not names and loop.time() < pulse:
            continue
        at, day, pulse = await _fresh_at(visit), today, loop.time() + PULSE
        for name in names or ("pulse" if at else "late",):
            yield _event(stream, name, at)


def _has_moved(visit: Visit) -> bool:
    """Whether the reader would sit at another office now than when the stream was opened."""
    claims, parts = visit.claims, visit.parts
    today = day_of(parts.clock.now())
    now = seat_of(claims.account, claims.role, claims.office, parts.directory(), today)
    return now is None or now.office_id != visit.reading.officer.office


def _event(
    stream: Listening, name: str, at: datetime | None, retry: int | None = None
) -> ServerSentEvent:
    """A signal on the wire; its id never passes a signal that is still held back."""
    moment = "" if at is None else at.isoformat(timespec="seconds")
    last = lanes.encode(stream.listener.pending.told)
    return ServerSentEvent(event=name, data={"at": moment}, id=last, retry=retry)


async def _fresh_at(visit: Visit) -> datetime | None:
    """The moment the views are true for; None while they are too old to be called live."""
    try:
        age = (await run_in_threadpool(visit.parts.views.freshness)).age
    except ViewsUnavailable:
        return None
    if age is None or age > OLD_AFTER:
        return None
    return local(visit.parts.clock.now() - age)
