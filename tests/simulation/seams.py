"""The seams between the programs and the world: at each the scheduler may turn to another."""

from collections.abc import Callable, Sequence
from typing import Any

from infra.memory.views import MemoryViewStore, Work
from projections.ports import Parked, ProgressLost, RecordChanged, RowsRefused

Cross = Callable[[str, str], None]
"""Called with ``before`` or ``after``, and what is asked. May not come back."""


class Seam:
    """Passes every question on, with a seam before it and one between doing and answering.

    ``inner`` is asked for anew each time: a database that was put back is another one.
    """

    def __init__(self, inner: Callable[[], Any], cross: Cross) -> None:
        self._inner = inner
        self._cross = cross

    def __getattr__(self, name: str) -> Any:
        def ask(*args: Any, **kwargs: Any) -> Any:
            self._cross("before", name)
            answer = getattr(self._inner(), name)(*args, **kwargs)
            self._cross("after", name)
            return answer

        return ask


class Settled:
    """A batch whose fate is known to the rows' database, and not yet to the projector."""

    def __init__(self, cross: Cross, answer: Exception | None) -> None:
        self._cross = cross
        self._answer = answer
        self.known = False

    def settle(self) -> None:
        self.known = True
        self._cross("after", "start")
        if self._answer is not None:
            raise self._answer


class ViewsSeam(Seam):
    """The views as one projector's connection: one batch under way, nothing else meanwhile."""

    def __init__(self, inner: Callable[[], MemoryViewStore], cross: Cross) -> None:
        super().__init__(inner, self._alone)
        self._views = inner
        self._through = cross
        self._going: Settled | None = None

    def start(self, lane: int, work: Work, parked: Sequence[Parked]) -> Settled:
        self._alone("before", "start")
        answer: Exception | None = None
        try:
            self._views().start(lane, work, parked)
        except (ProgressLost, RecordChanged, RowsRefused) as refused:
            answer = refused
        self._going = Settled(self._through, answer)
        self._through("between", "start")
        return self._going

    def _alone(self, when: str, name: str) -> None:
        assert self._going is None or self._going.known, f"{name} while a batch is under way"
        self._through(when, name)
