"""Facts, ask, facts: the rules of the field through the real casework.

``given(facts).when(command, by=officer).then(facts)`` or ``.then_refused(Error)``. The store
and the vault are the twins in memory, so every fact goes through its stored form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

import pytest

from domain.commands.base import Command
from domain.directory import Directory
from domain.errors import Refusal
from domain.events.base import OfficeEvent
from domain.events.register import NumberIssued
from domain.values import Officer
from infra.memory import FixedClock, MemoryFactStore, MemoryVault
from infra.serial import decode
from services.casework import Casework, Outcome
from tests.builders import MORNING, NAMES, Draft, in_order
from tests.domain.directory_facts import LITTLE_COUNTRY

AFTER_THE_GIVEN = MORNING + timedelta(hours=1)


@dataclass
class Scenario:
    """A little world: what was recorded, and what came of the last command."""

    directory: Directory = LITTLE_COUNTRY
    store: MemoryFactStore = field(default_factory=MemoryFactStore)
    vault: MemoryVault = field(default_factory=MemoryVault)
    clock: FixedClock = field(default_factory=lambda: FixedClock(AFTER_THE_GIVEN))
    outcome: Outcome | None = None
    refusal: Refusal | None = None
    _asked: int = 0
    _before: int = 0

    def __post_init__(self) -> None:
        self.casework = Casework(self.store, self.vault, lambda: self.directory, self.clock)

    def when(
        self,
        command: Command,
        *,
        by: Officer,
        key: UUID | None = None,
        occurred_at: datetime | None = None,
        expected_version: int | None = None,
    ) -> "Scenario":
        """Ask for something; a second ``when`` asks for more in the same world."""
        assert self.refusal is None, f"refused before: {self.refusal!r}"
        self._asked += 1
        self._before = self.store.head()
        try:
            self.outcome = self.casework.handle(
                command,
                by,
                key=key or uuid5(NAMES, f"key {self._asked}"),
                request=sha256(repr(command).encode()).digest(),
                correlation="correlation",
                occurred_at=occurred_at,
                expected_version=expected_version,
            )
        except Refusal as refusal:
            self.refusal = refusal
        return self

    def then(self, *expected: Draft) -> "Scenario":
        """Exactly these facts were recorded, apart from the numbers given out."""
        assert self.refusal is None, f"{type(self.refusal).__name__}: {self.refusal}"
        recorded = [fact for fact in self.recorded() if not isinstance(fact, NumberIssued)]
        assert len(recorded) == len(expected), recorded
        for draft, fact in zip(expected, recorded, strict=True):
            assert draft.tells(fact), f"\n{fact}\nis not\n{draft}"
        return self

    def then_refused(self, error: type[Refusal], *, pointer: str | None = None) -> "Scenario":
        """The command was refused by this rule, and nothing was recorded."""
        if self.refusal is None:
            pytest.fail(f"not refused, recorded {self.recorded()}")
        assert type(self.refusal) is error, f"{type(self.refusal).__name__}: {self.refusal}"
        assert self.refusal.reason
        if pointer is not None:
            assert self.refusal.pointer == pointer
        assert self.store.head() == self._before
        self.refusal = None
        return self

    def recorded(self) -> Sequence[OfficeEvent]:
        """What the last command recorded."""
        lying = self.store.read(after=self._before, limit=100)
        return [decode(record.type_name, record.body) for record in lying]


def given(*drafts: Draft) -> Scenario:
    """A world in which these facts were recorded, a minute apart, an hour ago."""
    scenario = Scenario()
    if drafts:
        scenario.store.append(in_order(*drafts))
    return scenario
