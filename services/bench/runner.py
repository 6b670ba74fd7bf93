"""The rows by name, one after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from services.bench import append, command, fresh, project, rebuild, relay, replay
from services.bench.figures import Figure
from services.bench.ground import Ground
from services.bench.run import Run, Tell

ROWS: Final[Mapping[str, Callable[[Run], Figure]]] = {
    row.NAME: row.measure for row in (append, command, relay, project, rebuild, fresh, replay)
}
"""Every row that can be measured, in the order they run."""


def measured(names: Sequence[str], *, quick: bool, tell: Tell) -> Iterator[Figure]:
    """The figures of these rows as they come; servers start with the first and end with the last.

    Raises ``LocalStackError``, ``KeyError`` for a row that is not there.
    """
    rows = [ROWS[name] for name in names]
    with Ground() as ground:
        run = Run(ground, quick, tell)
        for row in rows:
            yield row(run)
