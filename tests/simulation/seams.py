"""The seams between the programs and the world: at each the scheduler may turn to another."""

from collections.abc import Callable, Sequence
from typing import Any

from infra.memory.views import MemoryViewStore, Work
from projections.ports import FoldFailed, Parked, ProgressLost, RecordChanged, RowsRefused

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


class UnderWay:
    """A batch whose fate, once written, the rows' database knows before the projector does."""

    def __init__(self, cross: Cross, apply: Callable[[], None]) -> None:
        self._cross = cross
        self._apply = apply
        self._answer: Exception | None = None
        self._written = self.over = False

    def write(self) -> None:
        self._cross("before", "write")
        try:
            self._apply()
        except FoldFailed:
            self.over = True
            raise
        except (ProgressLost, RecordChanged, RowsRefused) as refused:
            self._answer = refused
        self._written = True
        self._cross("between", "write")

    def settle(self) -> None:
        if not self._written:
            self.write()
        self.over = True
        self._cross("after", "write")
        if self._answer is not None:
            raise self._answer


class ViewsSeam(Seam):
    """The views as one projector's connections: three lanes' batches under way at most."""

    def __init__(self, inner: Callable[[], MemoryViewStore], cross: Cross) -> None:
        super().__init__(inner, self._alone)
        self._views = inner
        self._through = cross
        self._under_way: dict[int, UnderWay] = {}

    def start(self, lane: int, work: Work, parked: Sequence[Parked]) -> UnderWay:
        going = [lane for lane, batch in self._under_way.items() if not batch.over]
        assert len(going) < 3, f"{going} are under way"
        assert lane not in going, "another batch of the lane is under way"
        self._through("before", "start")
        batch = UnderWay(self._through, lambda: self._views().apply(lane, work, parked))
        self._under_way[lane] = batch
        return batch

    def _alone(self, when: str, name: str) -> None:
        over = all(batch.over for batch in self._under_way.values())
        assert over, f"{name} while a batch is under way"
        self._through(when, name)
