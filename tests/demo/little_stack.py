"""A whole demo on the store in memory: units, casework, and the views folded from the log."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from domain.directory import Directory
from infra.memory.directory import MemoryDirectoryFollower
from infra.memory.fact_store import MemoryFactStore
from infra.memory.vault import MemoryVault
from infra.memory.views import MemoryViewStore
from infra.serial import decode
from infra.units import Edition, unit_list_file
from projections.base import Fact, Row
from projections.cases import Cases
from projections.clocks import LawClocks
from projections.gatherings import Gatherings
from projections.pending_transfers import PendingTransfers
from projections.petitions import Petitions
from projections.ports import Progress
from projections.return_missions import ReturnMissions
from services.casework import Casework
from services.demo import DemoClock, DemoSummary, fill
from services.demo.offices import DISTRICTS, PROVINCES
from services.law import carried_law
from services.units import import_units

R = TypeVar("R", bound=Row)
SEED = 20250514


@dataclass
class LittleStack:
    """The parts a filled demo leaves behind."""

    store: MemoryFactStore = field(default_factory=MemoryFactStore)
    vault: MemoryVault = field(default_factory=MemoryVault)
    clock: DemoClock = field(default_factory=DemoClock)

    def __post_init__(self) -> None:
        self.directory = MemoryDirectoryFollower(self.store)
        self.casework = Casework(self.store, self.vault, self.directory.current, self.clock)

    def bring_in_units(self, path: Path) -> None:
        since, known = Edition.THREE_TIER.valid_from, self.directory.refresh()
        import_units(path, since, self.store, known, self.clock, lambda done, total: None)
        self.directory.refresh()

    def fill(self, scale: float = 1.0, seed: int = SEED) -> DemoSummary:
        return fill(
            self.casework, self.directory.refresh, self.store, self.clock, seed,
            lambda done, total: None, scale=scale,
        )  # fmt: skip

    def offices_under(self, code: str) -> frozenset[str]:
        directory, on = self.directory.current(), self.clock.now().date()
        unit = directory.get_unit(code, on)
        return frozenset(o.office_id for o in directory.offices_under(unit.unit_id, on))


class Boards:
    """The rows of all views over a store's log."""

    def __init__(self, store: MemoryFactStore) -> None:
        self.views = MemoryViewStore()
        clocks = LawClocks(carried_law)
        projections = (
            Petitions(clocks), PendingTransfers(), Cases(clocks), Gatherings(), ReturnMissions()
        )  # fmt: skip
        lanes: dict[int, list[Fact]] = {}
        for record in store.read(after=0, limit=1_000_000):
            event = decode(record.type_name, record.body)
            fact = Fact(record.position, record.lane, record.type_name, record.body, event)
            lanes.setdefault(record.lane, []).append(fact)
        for lane, facts in lanes.items():
            now = Progress("log", len(facts), facts[-1].position)
            self.views.apply(lane, [(p, None, now, facts) for p in projections], [])

    def all(self, row: type[R]) -> Iterator[R]:
        return (found for found in self.views.rows.get(row, {}).values() if isinstance(found, row))


def units_of_the_demo(folder: Path) -> Path:
    """The carried list, but only the demo's provinces and the ward of Hanoi it names."""
    with unit_list_file(Edition.THREE_TIER) as whole:
        lines = whole.read_text(encoding="utf-8").splitlines()
    provinces = {*PROVINCES, "01"}
    districts = {line.split(",")[0] for line in lines if line.rpartition(",")[2] in provinces}
    assert set(DISTRICTS) <= districts
    kept = provinces | districts
    chosen = [
        line for line in lines if line.split(",")[0] in kept or line.rpartition(",")[2] in kept
    ]
    path = folder / "units.csv"
    path.write_text("\n".join([lines[0], *chosen]) + "\n", encoding="utf-8")
    return path


def tree_of(stack: LittleStack) -> Directory:
    """The directory of a stack."""
    return stack.directory.current()
