"""Whether this process lives, and whether it can take work in (tình trạng).

Intake needs the store alone: with Kafka or the vault down it is degraded but ready,
because facts are recorded and travel later (reliability.md 8).
"""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from services.probing import PartDown, Probe

MOST_ABANDONED = 16
"""Threads that may still hang in a part that did not answer an earlier look."""
PATIENCE = 2.0
"""Seconds a part may take to answer before it counts as down."""


class PartState(BaseModel):
    """How one part is."""

    name: str
    up: bool
    needed: bool


class Readiness(BaseModel):
    """Whether work is taken in, and which parts are down."""

    status: Literal["ready", "degraded", "down"]
    parts: list[PartState]


class Liveness(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Look:
    """Asks the parts once for all who want to know at the same time, in threads of its own.

    However often health is asked for, and however full the process is: it costs no request
    its thread, and waits for none.
    """

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._probes = probes
        self._threads = CapacityLimiter(MOST_ABANDONED + len(probes))
        self._asking: asyncio.Task[list[PartState]] | None = None

    async def states(self) -> list[PartState]:
        """How each part is."""
        asking = self._asking
        if asking is None or asking.done():
            asking = self._asking = asyncio.create_task(self._ask_all())
        return await asyncio.shield(asking)

    async def _ask_all(self) -> list[PartState]:
        return list(await asyncio.gather(*map(self._state, self._probes)))

    async def _state(self, probe: Probe) -> PartState:
        try:
            async with asyncio.timeout(PATIENCE):
                await to_thread.run_sync(probe.ask, limiter=self._threads, abandon_on_cancel=True)
        except (PartDown, TimeoutError):
            return PartState(name=probe.name, up=False, needed=probe.needed)
        return PartState(name=probe.name, up=True, needed=probe.needed)


def look_of(request: Request) -> Look:
    """The one look of this process."""
    look: Look = request.app.state.look
    return look


router = APIRouter(tags=["health"])


@router.head("/livez", include_in_schema=False)
@router.get("/livez")
async def is_alive() -> Liveness:
    """Whether the process answers. Asks nothing of any other part."""
    return Liveness()


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", responses={503: {"model": Readiness}})
async def is_ready(response: Response, look: Annotated[Look, Depends(look_of)]) -> Readiness:
    """Whether work can be taken in: 503 only when a needed part is down."""
    states = await look.states()
    down = [state for state in states if not state.up]
    if any(state.needed for state in down):
        response.status_code = 503
        return Readiness(status="down", parts=states)
    return Readiness(status="degraded" if down else "ready", parts=states)
