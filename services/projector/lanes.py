"""One lane's records into every projection, a batch in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from projections.base import Fact, Projection
from projections.chain import Hole, Sifted, sift
from projections.ports import (
    FoldFailed,
    Parked,
    Progress,
    RowsRefused,
    StreamRecord,
    ViewStore,
    Writing,
)
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
    ``waiting`` names, by stream, the position from which its facts are parked; ``skipped``
    the positions that nobody waits for.
    """

    def __init__(
        self,
        number: int,
        topic_id: str,
        places: Mapping[str, Place],
        waiting: Mapping[UUID, int],
        skipped: Collection[int] = (),
    ) -> None:
        self.number = number
        self.topic_id = topic_id
        self.places = dict(places)
        self.waiting = dict(waiting)
        self.skipped = frozenset(skipped)
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

    def is_where(self, other: "Lane") -> bool:
        """Whether its rows stand where another's did; else they were put back or moved on."""
        return all(place.stored == other.places[name].stored for name, place in self.places.items())

    def fold(self, records: Sequence[StreamRecord], desk: Desk) -> int:
        """Fold a run of this lane's records; how many were folded or parked.

        Raises :class:`projections.ports.ProgressLost` when another projector was faster.
        """
        folding = self.begin(records, desk)
        folding.write()
        return folding.finish()

    def begin(self, records: Sequence[StreamRecord], desk: Desk) -> "Folding":
        """Open a run and ask for the rows it moves; something else can be done meanwhile.

        The lane stands where it stood until the run is finished; nothing else may be done
        with it before.
        """
        waiting = dict(self.waiting)
        lasts = {place.position for place in self.places.values()}
        runs = {last: sift(records, last) for last in lasts}
        batch = Batch(runs.values(), self.waiting, desk.decode, self.skipped)
        folding = Folding(self, records, desk, runs, batch, waiting)
        folding.ask()
        return folding

    def read_again(self) -> None:
        """Read the lane from its beginning; positions stay, so nothing is folded twice."""
        self.places = {name: replace(place, offset=0) for name, place in self.places.items()}

    def after(self, runs: Mapping[int, Sifted], end: int) -> dict[str, Place]:
        """Where each projection stands once the run is written."""
        places: dict[str, Place] = {}
        for name, place in self.places.items():
            run = runs[place.position]
            seen = end if run.rewound is None else run.rewound.offset
            offset = max(place.offset, seen)
            places[name] = Place(Progress(self.topic_id, offset, run.last), offset, run.last)
        return places

    def find(self, runs: Mapping[int, Sifted], batch: Batch) -> None:
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


class Folding:
    """A run of one lane's records on its way into the views."""

    def __init__(
        self,
        lane: Lane,
        records: Sequence[StreamRecord],
        desk: Desk,
        runs: Mapping[int, Sifted],
        batch: Batch,
        waiting: Mapping[UUID, int],
    ) -> None:
        self.lane = lane
        self._records = records
        self._desk = desk
        self._runs = runs
        self._batch = batch
        self._waiting = waiting
        self._places = lane.after(runs, records[-1].offset + 1)
        self._sent: Writing | RowsRefused | None = None

    def ask(self) -> None:
        """Ask for the rows; what tells no rows to ask for is set aside."""
        self._sent = None
        while self._sent is None:
            try:
                self._sent = self._desk.views.start(self.lane.number, self._work(), self._parked())
            except FoldFailed as refused:
                self._set_aside(refused)
            except RowsRefused as refused:
                self._sent = refused

    def write(self) -> None:
        """Fold the batch and have it written; what cannot be folded is set aside."""
        while self._sent is not None and not isinstance(self._sent, RowsRefused):
            try:
                self._sent.write()
            except FoldFailed as refused:
                self._set_aside(refused)
                self.ask()
            except RowsRefused as refused:
                self._sent = refused
            else:
                return

    def _set_aside(self, refused: FoldFailed) -> None:
        fact = refused.fact
        self._batch.set_aside(fact.event.originator_id, fact.position, str(refused))

    def finish(self) -> int:
        """Wait for the views; how many records were folded or parked. Raises as ``Lane.fold``."""
        try:
            if isinstance(self._sent, RowsRefused):
                raise self._sent
            if self._sent is not None:
                self._sent.settle()
        except RowsRefused as refused:
            return self._in_parts(refused)
        self.lane.places = self._places
        self.lane.find(self._runs, self._batch)
        return len(self._batch.facts) + len(self._batch.parked)

    def _in_parts(self, refused: RowsRefused) -> int:
        """Find the fact whose rows cannot be kept, by halves, and set it aside."""
        facts, records = self._batch.facts, self._records
        if len(facts) == 1:
            (fact,) = facts.values()
            stream = fact.event.originator_id
            self._batch.set_aside(stream, fact.position, f"rows refused: {refused}")
            self.ask()
            self.write()
            return self.finish()
        if not facts or len(records) == 1:
            raise refused
        self.lane.waiting, half = dict(self._waiting), len(records) // 2
        first = self.lane.fold(records[:half], self._desk)
        return first + self.lane.fold(records[half:], self._desk)

    def _parked(self) -> Sequence[Parked]:
        """What is set aside, each with the projections that it is new to."""
        if not self._batch.parked:
            return ()
        names = [projection.name for projection in self._desk.projections]
        new = {
            name: {record.position for record in self._runs[self.lane.places[name].position].fold}
            for name in names
        }
        return [
            replace(one, unfolded_by=tuple(n for n in names if one.record.position in new[n]))
            for one in self._batch.parked
        ]

    def _work(self) -> Sequence[tuple[Projection, Progress | None, Progress, Sequence[Fact]]]:
        """What each projection has to fold; one that gets no further has nothing to do."""
        work: list[tuple[Projection, Progress | None, Progress, Sequence[Fact]]] = []
        facts = {last: self._batch.among(run.fold) for last, run in self._runs.items()}
        for projection in self._desk.projections:
            was, now = self.lane.places[projection.name], self._places[projection.name].stored
            if now is not None and now != was.stored:
                work.append((projection, was.stored, now, facts[was.position]))
        return work
