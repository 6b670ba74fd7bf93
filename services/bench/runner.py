"""The rows by name, one after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from infra.kafka.clients import EXTRA, has_librdkafka
from infra.settings import SettingsError
from services.bench import (
    append,
    command,
    deadlines,
    directory,
    flat,
    fresh,
    memory,
    project,
    rebuild,
    reform,
    relay,
    replay,
)
from services.bench.figures import Figure
from services.bench.ground import Ground
from services.bench.run import Run, Tell

ROWS: Final[Mapping[str, Callable[[Run], Figure]]] = {
    append.NAME: append.measure,
    command.NAME: command.measure,
    **{name: partial(relay.measure, name=name) for name in relay.ROWS},
    **{name: partial(project.measure, name=name) for name in project.ROWS},
    rebuild.NAME: rebuild.measure,
    fresh.NAME: fresh.measure,
    replay.NAME: replay.measure,
    directory.NAME: directory.measure,
    deadlines.NAME: deadlines.measure,
    reform.NAME: reform.measure,
    flat.NAME: flat.measure,
    memory.NAME: memory.measure,
}
"""Every row that can be measured, in the order they run."""

OF_THE_EXTRA = frozenset(
    name for name, library in {**relay.ROWS, **project.ROWS}.items() if library == "librdkafka"
)


def at_hand() -> Sequence[str]:
    """The rows that what is installed can measure."""
    return [name for name in ROWS if name not in OF_THE_EXTRA or has_librdkafka()]


def measured(names: Sequence[str], *, quick: bool, tell: Tell) -> Iterator[Figure]:
    """The figures of these rows as they come; servers start with the first and end with the last.

    Raises ``LocalStackError``, ``KeyError`` for a row that is not there, ``SettingsError`` for
    one that needs what is not installed.
    """
    rows = [ROWS[name] for name in names]
    lacking = [name for name in names if name not in at_hand()]
    if lacking:
        raise SettingsError(f"{', '.join(lacking)}: pip install '{EXTRA}'")
    with Ground() as ground:
        run = Run(ground, quick, tell)
        for row in rows:
            yield row(run)
