"""Whenever an office stands no longer, its open work goes to who stands in its place.

The views are the list of what is left to do: work is asked for page by page and each piece is
taken over by a command of its own, many to a round. A command's key is made of the piece, the
office and the version the view has seen, so any number of runs, cut off anywhere, records
nothing twice. What has neither heir nor superior stays where it is and is told by office; a
file this release cannot read holds up no other.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, TypeVar
from uuid import UUID, uuid5

from domain.chronicle import End
from domain.codes import Role
from domain.commands import rehoming as ask_for
from domain.commands.base import Command
from domain.days import day_of
from domain.directory import Directory
from domain.errors import Conflict, NotFound, Refusal
from domain.homes import OfficesOn
from domain.ports import Clock, VersionTaken
from domain.refusals.rehoming import (
    MovesWithItsCase,
    NobodyAnswers,
    NothingRestsHere,
    OfficeStillStands,
)
from domain.streams import NAMESPACE, office_stream
from domain.values import Officer
from projections.batch import FOLD_FAULTS
from projections.resting import AT_ONCE as PAGE
from projections.resting import Rests, Work, WorkViews
from services.casework import Casework
from services.casework.call import Call
from services.casework.rounds import AT_ONCE
from services.casework.steps import Progress, advance

log = logging.getLogger(__name__)

SYSTEM: Final = Officer("system:rehoming", "system", Role.SYSTEM)
OFFICES_AT_ONCE: Final = 50
"""Abolished offices asked about in one question: few enough for the indexes to serve."""

NAMED: Final = 20
"""Files that cannot be read are named in the log, so many of a pass; all are counted."""

BEHIND: Final = (NothingRestsHere, OfficeStillStands, MovesWithItsCase, NotFound)
"""Refusals that say only that the views have not caught up."""

T = TypeVar("T")
Tell = Callable[["Rehomed"], None]
"""Told after each page."""

COMMANDS: Final[Mapping[Work, Callable[[UUID, str], Command]]] = {
    Work.PETITION: lambda one, office: ask_for.RehomePetition(petition_id=one, office=office),
    Work.CASE: lambda one, office: ask_for.RehomeCase(case_id=one, office=office),
    Work.GATHERING: lambda one, office: ask_for.RehomeGathering(gathering_id=one, office=office),
    Work.MISSION: lambda one, office: ask_for.RehomeReturnMission(mission_id=one, office=office),
}
"""How each sort of work is taken over. Cases come before what goes with them is looked at."""


@dataclass(slots=True)
class Rehomed:
    """What a run did (kết quả chuyển việc).

    ``moved`` pieces were taken over now, ``known`` before; ``busy`` are left for the next run.
    ``stuck`` counts by abolished office what has neither heir nor superior to go to,
    ``unreadable`` what stays where it is because this release cannot read its facts.
    """

    moved: int = 0
    known: int = 0
    busy: int = 0
    stuck: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0

    def add(self, other: "Rehomed") -> None:
        """What another pass did as well; what is left is what the last one left."""
        self.moved += other.moved
        self.known += other.known
        self.busy, self.stuck = other.busy, other.stuck
        self.unreadable = other.unreadable


@dataclass(frozen=True, slots=True)
class Ask:
    """One piece of work and the office it is to leave."""

    rests: Rests
    office: str

    def call(self, correlation: str, cause: str | None) -> Call:
        """As the casework takes it in; the same again for whoever asks again."""
        place = f"{self.rests.work}/{self.rests.subject}/{self.office}/{self.rests.version}"
        return Call(
            COMMANDS[self.rests.work](self.rests.subject, self.office),
            SYSTEM,
            key=uuid5(NAMESPACE, f"rehome/{place}"),
            request=sha256(place.encode()).digest(),
            correlation=correlation,
            causation=cause,
        )


class Rehoming:
    """The policy. Holds no state: any number of processes may run it at once."""

    def __init__(
        self,
        views: WorkViews,
        casework: Casework,
        directory: Callable[[], Directory],
        clock: Clock,
        tell: Tell = lambda _done: None,
    ) -> None:
        self._views = views
        self._casework = casework
        self._directory = directory
        self._clock = clock
        self._tell = tell

    def run(self, going_on: Callable[[], bool] = lambda: True) -> Rehomed:
        """Pass after pass until one finds nothing to take over.

        ``going_on`` is asked before each page. Raises ``StoreUnavailable``,
        ``ViewsUnavailable``: what was done is done, another run does the rest.
        """
        done = Rehomed()
        while going_on():
            made = self._pass(done, going_on)
            done.add(made)
            if not made.moved:
                break
        return done

    def _pass(self, before: Rehomed, going_on: Callable[[], bool]) -> Rehomed:
        directory, today = self._directory(), day_of(self._clock.now())
        tree, made = OfficesOn(directory, today), Rehomed()
        for page in self._pages(tree):
            if not going_on():
                break
            asks = [ask for rests in page for ask in to_be_asked(rests, tree)]
            for some in _cut(asks, AT_ONCE):
                self._handle(some, directory, f"rehoming-{today:%Y%m%d}", made)
            self._tell(replace(made, moved=before.moved + made.moved,
                               known=before.known + made.known))  # fmt: skip
        return made

    def _pages(self, tree: OfficesOn) -> Iterator[Sequence[Rests]]:
        """The open work of the offices that are due, cases first: petitions go with them."""
        ended = self._due(tree)
        for some in _cut(ended, OFFICES_AT_ONCE):
            for work in (Work.CASE, Work.PETITION, Work.GATHERING, Work.MISSION):
                after: str | None = None
                while True:
                    page = self._views.resting_on(work, some, after=after, limit=PAGE)
                    yield page.items
                    after = page.next
                    if after is None:
                        break

    def _due(self, tree: OfficesOn) -> Sequence[str]:
        """Abolished offices with open work, and those whose heir has become clear."""
        at_work = self._views.offices_at_work()
        gone = [office for office in at_work if not tree.stands(office)]
        waiting = self._views.offices_undecided()
        return list(dict.fromkeys((*gone, *(each for each in waiting if is_clear(each, tree)))))

    def _handle(
        self, asks: Sequence[Ask], directory: Directory, correlation: str, made: Rehomed
    ) -> None:
        calls = [ask.call(correlation, cause_of(ask.office, directory)) for ask in asks]
        for ask, walked in zip(asks, walk(self._casework, calls), strict=True):
            _count(ask, walked, made)


def to_be_asked(rests: Rests, tree: OfficesOn) -> Iterator[Ask]:
    """The offices a piece of work is to leave, as the view has it."""
    offices = {office for office in rests.offices if not tree.stands(office)}
    offices |= {office for office in rests.undecided if is_clear(office, tree)}
    if rests.accused is not None and not tree.stands(rests.accused):
        taken_in = rests.offices[0] in tree.in_place_of(rests.accused)
        offices |= {rests.accused} if taken_in else set()
    return (Ask(rests, office) for office in sorted(offices))


def is_clear(office: str, tree: OfficesOn) -> bool:
    """Whether it is known for good who stands in the place of an office."""
    home = tree.home_of(office)
    return home is not None and not home.interim


def cause_of(office: str, directory: Directory) -> str | None:
    """The fact by which the office ended."""
    ends = (note for note in directory.offices.notes_of(office) if isinstance(note.says, End))
    last = max((note.version for note in ends), default=None)
    return None if last is None else f"{office_stream(office)}/{last}"


def walk(casework: Casework, calls: Iterable[Call]) -> Sequence[Progress]:
    """Take commands to their ends together; of rivals for one stream one after the other."""
    walking = [Progress(casework.steps(call)) for call in calls]
    while left := [each for each in walking if not each.done]:
        for rival, stream in advance(left, casework.store):
            if stream is not None:
                rival.go_on(VersionTaken(stream))
    return walking


def _count(ask: Ask, walked: Progress, made: Rehomed) -> None:
    match walked.failure:
        case None if walked.result().repeated:
            made.known += 1
        case None:
            made.moved += 1
        case NobodyAnswers():
            made.stuck[ask.office] += 1
        case Refusal() as refused if isinstance(refused, BEHIND):
            made.known += 1
        case Conflict():
            made.busy += 1
        case fault if isinstance(fault, FOLD_FAULTS):
            made.unreadable += 1
            if made.unreadable <= NAMED:
                _say_unreadable(ask.rests, fault)
        case failure:
            raise failure


def _say_unreadable(rests: Rests, fault: Exception) -> None:
    kind, file = type(fault).__name__, f"{rests.work} {rests.subject}"
    log.warning("not taken over, its facts cannot be read: %s (%s)", file, kind)


def _cut(asked: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (asked[at : at + size] for at in range(0, len(asked), size))
