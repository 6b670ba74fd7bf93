"""What the JSON door needs of the house; the composition root builds it (services/wiring.py)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from prometheus_client.registry import Collector

from domain.directory import Directory
from domain.law.calendar import Calendar
from domain.law.law import Law
from domain.ports import Clock, FactStore, Vault
from infra.identity.tokens import Verifier
from projections.queries import Views
from services.api.metrics import FlowHealth
from services.api.sse.hub import Wake
from services.casework import Casework
from services.probing import Probe


def _trust_the_follower() -> None:
    """It looks by itself before long."""


@dataclass(frozen=True)
class ApiParts:
    """Everything a request may use.

    ``clock`` is the field's (a demo's may be shifted); tokens are verified by a verifier
    with the real one. ``figures`` are told at the metrics port, and how many stand in the
    ``lines`` before parts of the house. ``wake`` hears when the
    views moved; None leaves a timer alone. ``heed_law`` looks for news of calendar and
    rulebook at once: who has just recorded some reads them.
    """

    casework: Casework
    store: FactStore
    vault: Vault
    views: Views
    directory: Callable[[], Directory]
    clock: Clock
    law: Callable[[], Law]
    tokens: Verifier
    flow: Callable[[], FlowHealth]
    probes: Sequence[Probe]
    wake: Wake | None
    demo: bool = False
    heed_law: Callable[[], object] = _trust_the_follower
    figures: Sequence[Collector] = ()
    lines: Mapping[str, Callable[[], float]] = field(default_factory=dict)

    @property
    def calendar(self) -> Calendar:
        """The working days that all offices share, as known now."""
        return self.law().almanac.calendar
