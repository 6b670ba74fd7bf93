"""The live stream: signals that something changed (luồng trực tiếp)."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.api.bodies.base import Ref
from services.api.deps import Credentials, TheClaims
from services.api.problems import refuses
from services.api.reading import TheReader
from services.api.sse.listening import Listening, Watch, joined, told, watch

MOST_PLACES = 8

router = APIRouter(prefix="/api/v1", tags=["live"])


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
    """What the reader may listen to of what was asked for."""
    return await watch(reader, unit or (), file or ())


async def listening(
    request: Request,
    watching: Annotated[Watch, Depends(watched)],
    claims: TheClaims,
    credentials: Credentials,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[Listening]:
    """The stream, joined before the answer begins: an error inside it would answer 200."""
    async with joined(
        request.app.state.hub,
        watching,
        last_event_id=last_event_id,
        valid_for=claims.valid_for,
        token="" if credentials is None else credentials.credentials,
    ) as stream:
        yield stream


@router.get("/stream", response_class=EventSourceResponse, responses=refuses(400, 403, 404, 429))
async def follow(
    stream: Annotated[Listening, Depends(listening)],
) -> AsyncIterator[ServerSentEvent]:
    """Signals that something changed at a desk, on a board, in a dossier (luồng trực tiếp).

    Each event is named after its topic and says ``{topic, unit, seq}``: fetch again what it
    names. Resumes after ``Last-Event-ID``; ``reset`` says that too much happened meanwhile,
    or that what was told before was set right: everything shown should be fetched again.
    Ends after 15 minutes or with the token.
    """
    async for event in told(stream):
        yield event
