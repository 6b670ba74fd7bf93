"""What a case's row keeps for its settlement clock (mốc tính thời hạn giải quyết).

Lists of days are kept as ``2026-08-01``; an extension with its grounds, ``2026-08-01 foreign``.
"""

from datetime import date
from typing import Final, Protocol

from domain.codes import ComplexGround, Contested, Instance, PetitionKind
from domain.events.base import OfficeEvent
from domain.events.settlement import (
    CaseContestedNamed,
    CaseContinued,
    CaseInstanceNamed,
    CaseMarkedComplex,
    CaseMarkedRemote,
    CaseSuspended,
    CaseUnmarkedComplex,
    CaseUnmarkedRemote,
    SettlementExtended,
)
from domain.law.timeline import Extended, Timeline
from projections.base import Changes

TIMED: Final = frozenset(
    {
        "instance", "contested", "remote", "grounds", "extended", "suspended", "continued",
        "office", "unit",
    }
)  # fmt: skip
"""The columns that the due day depends on."""


class Settled(Protocol):
    """A row with the columns of a settlement clock."""

    @property
    def kind(self) -> str: ...
    @property
    def opened_on(self) -> date: ...
    @property
    def decided_on(self) -> date | None: ...
    @property
    def instance(self) -> str: ...
    @property
    def contested(self) -> str: ...
    @property
    def remote(self) -> bool: ...
    @property
    def grounds(self) -> tuple[str, ...]: ...
    @property
    def extended(self) -> tuple[str, ...]: ...
    @property
    def suspended(self) -> tuple[str, ...]: ...
    @property
    def continued(self) -> tuple[str, ...]: ...


def timed(row: Settled, event: OfficeEvent) -> Changes:
    """What a fact changes that the clock goes by; others change nothing."""
    match event:
        case CaseMarkedComplex(grounds=grounds):
            return {"grounds": tuple(map(str, grounds))}
        case CaseUnmarkedComplex():
            return {"grounds": ()}
        case CaseMarkedRemote():
            return {"remote": True}
        case CaseUnmarkedRemote():
            return {"remote": False}
        case CaseInstanceNamed(instance=instance):
            return {"instance": str(instance)}
        case CaseContestedNamed(contested=contested):
            return {"contested": str(contested)}
        case SettlementExtended():
            words = (event.decided_on.isoformat(), *map(str, event.grounds))
            return {"extended": (*row.extended, " ".join(words))}
        case CaseSuspended(decided_on=day):
            return {"suspended": (*row.suspended, day.isoformat())}
        case CaseContinued(decided_on=day):
            return {"continued": (*row.continued, day.isoformat())}
        case _:
            return {}


def timeline_of(row: Settled) -> Timeline:
    """The dated facts of a case, from its row."""
    return Timeline(
        kind=PetitionKind(row.kind),
        taken_up_on=row.opened_on,
        instance=Instance(row.instance),
        contested=Contested(row.contested),
        remote=row.remote,
        grounds=tuple(map(ComplexGround, row.grounds)),
        extended=tuple(map(_extended, row.extended)),
        suspended_on=tuple(map(date.fromisoformat, row.suspended)),
        continued_on=tuple(map(date.fromisoformat, row.continued)),
        decided_on=row.decided_on,
    )


def _extended(words: str) -> Extended:
    day, *grounds = words.split()
    return Extended(date.fromisoformat(day), tuple(map(ComplexGround, grounds)))
