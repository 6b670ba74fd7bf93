"""The carried lists, whole or of a few provinces, and the questions a sane tree answers."""

import csv
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from domain.directory import Directory
from infra.memory.clocks import FixedClock
from infra.memory.directory import MemoryDirectoryFollower
from infra.memory.fact_store import MemoryFactStore
from infra.units import Edition, succession_file, unit_list_file
from services.reform import ReformOrder, read_order
from services.units import import_units

FIRST, EVE, DAY = Edition.THREE_TIER.valid_from, date(2025, 6, 30), date(2025, 7, 1)
BASIS = "202/2025/QH15"


@dataclass(frozen=True)
class Files:
    """The three files of a reform."""

    old: Path
    new: Path
    pairs: Path

    @cached_property
    def order(self) -> ReformOrder:
        """As it would be asked."""
        return read_order(self.new, self.pairs, DAY, BASIS)


def files_of(folder: Path, old_provinces: Collection[str]) -> Files:
    """The carried lists of these old provinces and of what became of them."""
    with unit_list_file(Edition.THREE_TIER) as path:
        old = _within(_rows(path), old_provinces)
    with succession_file() as path:
        pairs = [row for row in _rows(path) if row["predecessor_code"] in {u["code"] for u in old}]
    new_provinces = {row["successor_code"] for row in pairs if len(row["successor_code"]) == 2}
    with unit_list_file(Edition.TWO_TIER) as path:
        new = _within(_rows(path), new_provinces)
    return Files(
        _written(folder / "old.csv", old),
        _written(folder / "new.csv", new),
        _written(folder / "pairs.csv", pairs),
    )


def imported(old: Path) -> MemoryFactStore:
    """A store with the old list."""
    store = MemoryFactStore()
    import_units(old, FIRST, store, Directory.of(()), FixedClock(), lambda _done, _of: None)
    return store


def told_by(store: MemoryFactStore) -> Directory:
    """The directory as a store tells it."""
    return MemoryDirectoryFollower(store).refresh()


def counts(directory: Directory, on: date) -> Mapping[str, int]:
    """How many units of each level hang in the tree of a day."""
    roots = directory.roots(on)
    below = (unit for root in roots for unit in directory.units_under(root.unit_id, on))
    return Counter(unit.level for unit in (*roots, *below))


def is_sane(directory: Directory, on: date) -> bool:
    """Whether whatever stands on a day hangs below something that stands, offices too."""
    units = [unit for name in directory.units.names() if (unit := directory.units.on(name, on))]
    offices = [
        seat for name in directory.offices.names() if (seat := directory.offices.on(name, on))
    ]
    hanging = all(
        unit.parent is None or directory.units.on(unit.parent, on) is not None for unit in units
    )
    directed = all(
        office.superior is None or directory.offices.on(office.superior, on) is not None
        for office in offices
    )
    seated = all(directory.find_office(unit.unit_id, on) is not None for unit in units)
    return hanging and directed and seated


def _within(rows: list[dict[str, str]], provinces: Collection[str]) -> list[dict[str, str]]:
    kept: set[str] = set()
    for row in sorted(rows, key=lambda each: len(each["code"])):
        if row["code"] in provinces or row["parent_code"] in kept:
            kept.add(row["code"])
    return [row for row in rows if row["code"] in kept]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
