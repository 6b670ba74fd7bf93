"""One lane's records into every projection, a batch in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from projections.base import Fact, Projection
from projections.chain import Hole, Sifted, sift
from projections.ports import FoldFailed, Progress, RowsRefused, StreamRecord, ViewStore
from services.projector.batch import Batch, Decode


@dataclass(frozen=True)
class Desk:
    """What every lane is folded with."""

    projections: Sequence[Projection]
    views: ViewStore
    decode: Decode


@dataclass(frozen=True)
class Place:
    """A projection's place in a lane: what the rows' database has, and where it reads on.

    Each projection has its own: one that was added or rebuilt catches up on the records
    that the others take for repeats. ``offset`` differs from the stored one after the
    topic was made anew or lost its tail: then it reads from the beginning.
    """

    stored: Progress | None
    offset: int
    position: int


class Lane:
    """A lane as one projector folds it; for one thread.

    ``hole`` and ``stopped`` are findings for every health page: the first heals when the
    missing record comes again, the second never by itself: the lane stands still.
    ``waiting`` names, by stream, the position from which its facts are parked.
    """

    def __init__(
        self, number: int, topic_id: str, places: Mapping[str, Place], waiting: Mapping[UUID, int]
    ) -> None:
        self.number = number
        self.topic_id = topic_id
        self.places = dict(places)
        self.waiting = dict(waiting)
        self.hole: Hole | None = None
        self.stopped: str | None = None
        self.newest: datetime | None = None

    @property
    def offset(self) -> int:
        """Where to read on: what the slowest projection has not seen."""
        return min(place.offset for place in self.places.values())

    @property
    def position(self) -> int:
        """What every projection has folded."""
        return min(place.position for place in self.places.values())

    def fold(self, records: Sequence[StreamRecord], desk: Desk) -> int:
        """Fold a run of this lane's records; how many were folded or parked.

        Raises :class:`projections.ports.ProgressLost` when another projector was faster.
        """
        waiting = dict(self.waiting)
        lasts = {place.position for place in self.places.values()}
        runs = {last: sift(records, last) for last in lasts}
        batch = Batch(runs.values(), self.waiting, desk.decode)
        places = self._after(runs, records[-1].offset + 1)
        try:
            while not self._applied(places, runs, batch, desk):
                pass
        except RowsRefused:
            if not batch.facts or len(records) == 1:
                raise
            self.waiting, half = waiting, len(records) // 2
            return self.fold(records[:half], desk) + self.fold(records[half:], desk)
        self.places = places
        self._find(runs, batch)
        return len(batch.facts) + len(batch.parked)

    def read_again(self) -> None:
        """Read the lane from its beginning; positions stay, so nothing is folded twice."""
        self.places = {name: replace(place, offset=0) for name, place in self.places.items()}

    def _applied(
        self, places: Mapping[str, Place], runs: Mapping[int, Sifted], batch: Batch, desk: Desk
    ) -> bool:
        """Write the batch; False when a fact had to be set aside and the rest is to be tried."""
        work: list[tuple[Projection, Progress | None, Progress, Sequence[Fact]]] = []
        for projection in desk.projections:
            was, now = self.places[projection.name], places[projection.name].stored
            if now is not None and now != was.stored:
                facts = batch.among(runs[was.position].fold)
                work.append((projection, was.stored, now, facts))
        try:
            desk.views.apply(self.number, work, batch.parked)
        except FoldFailed as refused:
            stream, position = refused.fact.event.originator_id, refused.fact.position
            batch.set_aside(stream, position, str(refused))
            return False
        except RowsRefused as refused:
            if len(batch.facts) != 1:
                raise
            (fact,) = batch.facts.values()
            batch.set_aside(fact.event.originator_id, fact.position, f"rows refused: {refused}")
            return False
        return True

    def _after(self, runs: Mapping[int, Sifted], end: int) -> dict[str, Place]:
        """Where each projection stands once the run is written."""
        places: dict[str, Place] = {}
        for name, place in self.places.items():
            run = runs[place.position]
            seen = end if run.rewound is None else run.rewound.offset
            offset = max(place.offset, seen)
            places[name] = Place(Progress(self.topic_id, offset, run.last), offset, run.last)
        return places

    def _find(self, runs: Mapping[int, Sifted], batch: Batch) -> None:
        """Keep what the run tells about the lane's health."""
        folded = any(run.fold for run in runs.values())
        holes = [run.hole for run in runs.values() if run.hole]
        if holes or folded:
            self.hole = min(holes, key=lambda hole: hole.after, default=None)
        for rewound in filter(None, (run.rewound for run in runs.values())):
            self.stopped = (
                f"the store was rewound: {rewound.position} follows {rewound.prev}, "
                f"but {self.position} was folded"
            )
        if batch.facts:
            self.newest = batch.facts[max(batch.facts)].event.timestamp
