"""What a reform was asked with: a day, the new list, the pairs, the resolution's number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from domain.directory import Directory
from domain.reform import ReformPlan, plan_reform
from domain.reform_lists import Listed, Pair
from domain.reform_steps import Step, steps_of
from domain.refusals.directory import basis_must_be_a_number
from infra.units import Edition, succession_file, unit_list_file
from infra.units.succession_list import read_successions
from infra.units.unit_list import read_unit_list

CARRIED_DAY: Final = Edition.TWO_TIER.valid_from
"""The day of the reform whose lists the project carries."""


@dataclass(frozen=True, slots=True)
class ReformOrder:
    """The content of a reform's files, for a day (đề nghị ghi nhận sắp xếp)."""

    on: date
    listed: Sequence[Listed]
    pairs: Sequence[Pair]
    basis: str

    @property
    def digest(self) -> bytes:
        """SHA-256 of the content, whatever the order of the lines."""
        units = sorted(f"{u.code},{u.level},{u.name},{u.parent}" for u in self.listed)
        pairs = sorted(f"{p.predecessor},{p.successor},{p.relation},{p.match}" for p in self.pairs)
        lines = (f"{self.on:%Y-%m-%d}", self.basis, *units, "", *pairs)
        return sha256("\n".join(lines).encode()).digest()

    def planned(self, directory: Directory) -> tuple[ReformPlan, Sequence[Step]]:
        """What it changes, and by which facts. Refuses: ``ReformContradicts``."""
        plan = plan_reform(self.on, self.listed, self.pairs, directory)
        return plan, steps_of(plan, directory, self.basis)


def read_order(units: Path, successions: Path, on: date, basis: str = "") -> ReformOrder:
    """The files of a reform. Refuses: ``BrokenTable``, ``MalformedBasis``."""
    basis_must_be_a_number(basis)
    listed = tuple(
        Listed(row.line, row.code, row.level, row.name, row.parent) for row in read_unit_list(units)
    )
    pairs = tuple(
        Pair(row.line, row.predecessor, row.successor, row.relation, row.match)
        for row in read_successions(successions)
    )
    return ReformOrder(on, listed, pairs, basis)


def carried_order(basis: str = "") -> ReformOrder:
    """The reform of 1/7/2025 from the lists that the project carries."""
    with unit_list_file(Edition.TWO_TIER) as units, succession_file() as successions:
        return read_order(units, successions, CARRIED_DAY, basis)
