"""How many of each program one stack runs (số tiến trình của mỗi loại)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Crew:
    """Brokers keep one set of topics; one relay leads, the others stand by; projectors share
    the lanes; each API process is a door of its own.
    """

    brokers: int = 1
    relays: int = 1
    projectors: int = 1
    apis: int = 1

    def more_names(self) -> Iterator[str]:
        """What needs a port beyond those of one program each."""
        yield from ("reconciler", "scheduler")
        brokers = named("kafka", self.brokers)
        if self.brokers > 1:
            yield from brokers[1:]
            yield from (f"{name}/controller" for name in brokers)
        yield from named("relay", self.relays)[1:]
        yield from named("projector", self.projectors)[1:]
        for name in named("api", self.apis)[1:]:
            yield from (name, f"{name}/metrics")


ALONE = Crew()


def named(program: str, count: int) -> Sequence[str]:
    """``relay``, ``relay-2``, ..: the first keeps the plain name."""
    return [program, *(f"{program}-{number}" for number in range(2, count + 1))]
