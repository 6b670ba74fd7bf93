"""What a fact tells whom: the feed of history rows as signals (chủ đề tín hiệu).

A signal goes to the desk of every office a fact concerns, to the boards of their units and
of every unit above, and to whoever has the file itself open.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from domain.days import day_of
from domain.directory import Directory
from domain.ports import StoreUnavailable
from projections.case_history import HistoryRow
from projections.ports import ViewsUnavailable
from projections.queries import Views
from services.api.sse import vector as lanes
from services.api.sse.hub import Change
from services.api.sse.pending import Signal
from services.api.sse.vector import Vector
from services.logs import FACTS

log = logging.getLogger("tiepdan.api.live")

DESK, BOARD, FILE = "desk", "board", "file"
GATHERINGS, RETURNS = "gatherings", "returns"


class ViewsFeed:
    """The history of the views as the feed of live signals."""

    def __init__(self, views: Views, directory: Callable[[], Directory]) -> None:
        self._views = views
        self._directory = directory
        self._untold: set[str] = set()

    def head(self) -> Vector:
        """Where the history stands."""
        return lanes.of(self._views.feed_head(), self._views.amended())

    def since(self, vector: Vector, limit: int) -> Sequence[Change]:
        """What the history has after a vector."""
        rows = self._views.feed(lanes.positions_of(vector), limit=limit)
        return [Change(row.lane, row.position, frozenset(self._signals(row))) for row in rows]

    def _signals(self, row: HistoryRow) -> Iterable[Signal]:
        offices, area = self._reached(row)
        yield Signal(FILE, str(row.stream))
        for office in offices:
            yield Signal(DESK, office)
        topics = {BOARD, LISTS.get(row.type_name.split(".", 1)[0], BOARD)}
        for unit in area:
            for topic in topics:
                yield Signal(topic, unit)

    def _reached(self, row: HistoryRow) -> tuple[set[str], set[str]]:
        """The desks, and the units with all above; only the row's own where that fails.

        A row that fails would fail at every look, and nobody would hear what comes after it.
        """
        try:
            offices, units = self._concerned(row)
            return offices, self._with_those_above(offices, units, day_of(row.recorded_at))
        except (StoreUnavailable, ViewsUnavailable):
            raise
        except Exception:  # whatever is wrong with it: see above
            if row.type_name not in self._untold:
                self._untold.add(row.type_name)
                facts = {"type": row.type_name, "position": row.position}
                log.exception("fact_told_in_part", extra={FACTS: facts})
            return set(row.offices), {row.unit}

    def _concerned(self, row: HistoryRow) -> tuple[set[str], set[str]]:
        """Offices and units: of a crowd or a mission, those of the whole thing."""
        offices, units = set(row.offices), {row.unit}
        if row.type_name.startswith("gathering."):
            crowd = self._views.find_gathering(row.stream)
            if crowd is not None:
                offices |= {crowd.office, crowd.must_receive, *crowd.must_come}
                units |= {crowd.place, crowd.home}
        elif row.type_name.startswith("return_mission."):
            mission = self._views.find_mission(row.stream)
            if mission is not None:
                offices |= {mission.office, mission.home_office}
                units |= {mission.place, mission.home}
        return offices, units

    def _with_those_above(self, offices: set[str], units: set[str], on: date) -> set[str]:
        """The units, those of the offices, and every unit above one of them on that day.

        An office that has ended still tells the board of its unit that its work has gone.
        """
        directory = self._directory()
        known = (directory.find_office(office, on) for office in offices)
        ended = (office for each in offices for office in directory.offices.of(each)[-1:])
        base = units | {office.unit for office in (*known, *ended) if office is not None}
        standing = [unit for unit in base if directory.find_unit(unit, on) is not None]
        return base | {
            above.unit_id for unit in standing for above in directory.ancestors(unit, on)
        }


LISTS = {"gathering": GATHERINGS, "return_mission": RETURNS}
"""Streams with a list of their own, and its topic."""
