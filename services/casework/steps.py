"""What a command asks of the world while it is handled, and asking for many at once.

A command's way is a generator: it yields what it needs and is sent the answer, or has the
failure thrown in. So the same way is walked by one command alone and by many together,
which then share their round trips. Deciding itself never waits.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from domain.ports import (
    AtHand,
    Draft,
    FactStore,
    StoreUnavailable,
    ToSeal,
    Vault,
    Wanted,
)
from domain.values import TextRef
from services.casework.outcome import Outcome
from services.casework.streams import Fetched

T = TypeVar("T")
S = TypeVar("S", bound="Step")
Step: TypeAlias = Wanted | ToSeal | Draft
Asking: TypeAlias = Generator[Step, Any, T]
Steps: TypeAlias = Generator[Step, Any, Outcome]


def want(fetched: Fetched, wanted: Wanted) -> Asking[None]:
    """Fetch something."""
    found: AtHand = yield wanted
    fetched.take(wanted, found)


def seal(asked: Iterable[ToSeal]) -> Asking[tuple[TextRef, ...]]:
    """Seal texts, part by part."""
    refs: tuple[TextRef, ...] = ()
    for each in asked:
        refs += yield each
    return refs


class Progress:
    """How far one command has come: the step it stands at, or how it ended."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._outcome: Outcome | None = None
        self.failure: Exception | None = None
        self.step: Step | None = None
        self.go_on(None)

    @property
    def done(self) -> bool:
        """Whether it ended."""
        return self.step is None

    def result(self) -> Outcome:
        """Its outcome, or what it was refused for is raised."""
        if self.failure is not None:
            raise self.failure
        if self._outcome is None:
            raise RuntimeError("asked for the outcome of a command under way")
        return self._outcome

    def go_on(self, answer: object) -> None:
        """To the next step, with what this one gave; an exception is thrown in."""
        try:
            if isinstance(answer, Exception):
                self.step = self._steps.throw(answer)
            else:
                self.step = self._steps.send(answer)
        except StopIteration as end:
            self._outcome, self.step = end.value, None
        except Exception as failure:  # noqa: BLE001 - told to whoever asked, and to nobody else
            self.failure, self.step = failure, None


def advance(
    together: Sequence[Progress], store: FactStore
) -> Sequence[tuple[Progress, UUID | None]]:
    """Take commands on until each has ended, saved or texts to seal: the like share round trips.

    Of two that would record the same version of a stream the first is saved; the other
    stands where it stood and is returned with that stream (None: with the same key).
    Whatever fails for one alone is told to that one.
    """
    while asked := _standing_at(together, Wanted):
        _go_on(asked, answers(_steps_of(asked, Wanted), lambda some: _look(some, store)))
    first, rivals = _apart(_standing_at(together, Draft))
    _go_on(first, answers(_steps_of(first, Draft), store.append_each))
    return rivals


def seal_texts(one: Progress, vault: Vault) -> None:
    """Seal what the command has to seal next, if it has."""
    if isinstance(one.step, ToSeal):
        _go_on([one], answers([one.step], vault.seal_each))


def answers(asked: Sequence[S], ask: Callable[[Sequence[S]], Sequence[object]]) -> Sequence[object]:
    """Ask for all, and if that fails in no known way, for each alone; a failure is an answer."""
    if not asked:
        return ()
    try:
        return ask(asked)
    except StoreUnavailable as away:
        return [StoreUnavailable(str(away)) for _ in asked]
    except Exception as failure:  # noqa: BLE001 - one of them may be at fault: it shows alone
        if len(asked) == 1:
            return [failure]
        return [answer for each in asked for answer in answers([each], ask)]


def _standing_at(some: Sequence[Progress], kind: type[Step]) -> Sequence[Progress]:
    return [each for each in some if isinstance(each.step, kind)]


def _steps_of(some: Sequence[Progress], kind: type[S]) -> Sequence[S]:
    return [each.step for each in some if isinstance(each.step, kind)]


def _go_on(some: Sequence[Progress], given: Sequence[object]) -> None:
    for each, answer in zip(some, given, strict=True):
        each.go_on(answer)


def _look(wanted: Sequence[Wanted], store: FactStore) -> Sequence[AtHand]:
    """All that they want, at once; each takes its own out of the same answer."""
    found = store.at_hand(
        Wanted(
            {key for each in wanted for key in each.keys},
            {stream for each in wanted for stream in each.streams},
            {stream for each in wanted for stream in each.counters},
        )
    )
    return [found] * len(wanted)


def _apart(
    saving: Sequence[Progress],
) -> tuple[Sequence[Progress], Sequence[tuple[Progress, UUID | None]]]:
    """Those that claim nothing twice, and their rivals with what is claimed already."""
    first: list[Progress] = []
    rivals: list[tuple[Progress, UUID | None]] = []
    places, keys = set[tuple[UUID, int]](), set[UUID]()
    for each in saving:
        (draft,) = _steps_of([each], Draft)
        mine = {(fact.originator_id, fact.originator_version) for fact in draft.facts}
        key = None if draft.receipt is None else draft.receipt.key
        if key in keys:
            rivals.append((each, None))
        elif taken := places & mine:
            rivals.append((each, min(taken)[0]))
        else:
            first.append(each)
            places |= mine
            keys |= {key} if key else set()
    return first, rivals
