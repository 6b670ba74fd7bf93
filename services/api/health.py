"""Whether this process lives, and whether it can take work in (tình trạng).

Intake needs the store alone: with Kafka or the vault down it is degraded but ready,
because facts are recorded and travel later (reliability.md 8).
"""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from services.probing import PartDown, Probe

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


def probes_of(request: Request) -> Sequence[Probe]:
    """The probes that the composition root gave."""
    probes: Sequence[Probe] = request.app.state.parts.probes
    return probes


router = APIRouter(tags=["health"])


@router.get("/livez")
async def is_alive() -> Liveness:
    """Whether the process answers. Asks nothing of any other part."""
    return Liveness()


@router.get("/readyz", responses={503: {"model": Readiness}})
async def is_ready(
    response: Response, probes: Annotated[Sequence[Probe], Depends(probes_of)]
) -> Readiness:
    """Whether work can be taken in: 503 only when a needed part is down."""
    states = await asyncio.gather(*(_state(probe) for probe in probes))
    down = [state for state in states if not state.up]
    if any(state.needed for state in down):
        response.status_code = 503
        return Readiness(status="down", parts=list(states))
    return Readiness(status="degraded" if down else "ready", parts=list(states))


async def _state(probe: Probe) -> PartState:
    try:
        async with asyncio.timeout(PATIENCE):
            await to_thread.run_sync(probe.ask, abandon_on_cancel=True)
    except (PartDown, TimeoutError):
        return PartState(name=probe.name, up=False, needed=probe.needed)
    return PartState(name=probe.name, up=True, needed=probe.needed)
