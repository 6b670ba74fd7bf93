"""What a commune, its district and its province see at one moment, each through its own door."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from domain.codes import Role
from services.demo.offices import SINCE, committee
from tests.doors import Door, Receipt
from tests.stack import Stack

Board = Mapping[str, Any]


@dataclass(frozen=True)
class Boards:
    """The three boards at one moment."""

    desk: Board
    district: Board
    province: Board

    def commune_in_district(self, commune: str) -> Mapping[str, Any]:
        """The commune's line on its district's board."""
        return _line(self.district, commune)

    def district_in_province(self, district: str) -> Mapping[str, Any]:
        """The district's line on its province's board."""
        return _line(self.province, district)


@dataclass(frozen=True)
class Levels:
    """A commune and who stands above it."""

    commune: str
    district: str
    province: str
    desk: Door
    room: Door
    hall: Door

    def boards(self, after: Receipt | None = None) -> Boards:
        """Every level's board, each with the act of a receipt in it."""
        return Boards(
            self.desk.see(f"/boards/commune/{self.commune}", after),
            self.room.see(f"/boards/district/{self.district}", after),
            self.hall.see(f"/boards/province/{self.province}", after),
        )


@contextmanager
def levels(stack: Stack, commune: str, district: str, province: str) -> Iterator[Levels]:
    """The clerk of a commune, the leaders of its district and its province."""
    with ExitStack() as open_doors:
        desk = open_doors.enter_context(stack.door(committee(commune)))
        room = open_doors.enter_context(stack.door(committee(district), Role.LEADER))
        hall = open_doors.enter_context(stack.door(committee(province), Role.LEADER))
        yield Levels(commune, district, province, desk, room, hall)


def more(after: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, int]:
    """Which counts changed, and by how much."""
    return {
        name: count - before[name]
        for name, count in after.items()
        if isinstance(count, int) and isinstance(before[name], int) and count != before[name]
    }


def _line(board: Board, unit: str) -> Mapping[str, Any]:
    wanted = f"{unit}-{SINCE:%Y%m%d}"
    (line,) = (line for line in board["units"] if line["unit_id"] == wanted)
    found: Mapping[str, Any] = line["sums"]
    return found
