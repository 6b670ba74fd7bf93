"""A sample: a page in one state."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """A page in one state; `wall` is looked at in 1920 by 1080, the others at 1366 and 360."""

    name: str
    template: str
    make: Callable[[], object]
    wall: bool = False
