"""A view store in memory and on Postgres, and facts to fold into it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest

from infra.memory.views import MemoryViewStore
from infra.postgres.views import PostgresViewStore
from projections.base import Fact
from projections.petition_row import PetitionRow
from projections.ports import Progress, ViewStore
from tests.projections.chronicle import TAM_DI, TNMT, Chronicle, all_projections, stream_of
from tests.projections.folding import TOPIC
from tests.stores import Addresses

PETITION = stream_of("petition")

(PETITIONS,) = [p for p in all_projections() if p.name == "petitions"]


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[ViewStore]:
    if request.param == "memory":
        yield MemoryViewStore()
        return
    addresses: Addresses = request.getfixturevalue("addresses")
    real = PostgresViewStore.at(addresses.projector)
    yield real
    real.close()


def petition_in(store: ViewStore, stream: UUID = PETITION) -> PetitionRow | None:
    """The row as a fold would find it."""
    finder = Finder(stream)
    store.apply(0, [(finder, None, Progress(TOPIC, 0, 0), [nothing()])], [])
    return finder.found


@dataclass
class Finder:
    """A projection that only looks. It begins under a name of its own each time."""

    stream: UUID
    found: PetitionRow | None = None
    kinds: ClassVar[None] = None
    tables: ClassVar[tuple[type[PetitionRow]]] = (PetitionRow,)

    def __post_init__(self) -> None:
        self.name = f"finder {uuid4()}"

    def reads(self, fact: Fact) -> Any:
        return [(PetitionRow, (self.stream,))]

    def fold(self, fact: Fact, rows: Any) -> None:
        self.found = rows.find(PetitionRow, self.stream)


def nothing() -> Fact:
    """A fact that says nothing to anybody."""
    return Chronicle().opened_text(PETITION)


def received() -> Sequence[Fact]:
    """A petition received and passed on."""
    tale = Chronicle()
    tale.received(PETITION)
    tale.transferred(PETITION, TAM_DI, TNMT, offer=1, due=date(2025, 5, 8))
    return tale.facts
