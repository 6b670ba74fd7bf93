"""A command taken in: whom to tell of its end, and how far it is."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.ports import StoreUnavailable, ToSeal, VersionTaken
from services.casework.call import Call
from services.casework.casework import Casework
from services.casework.outcome import Outcome
from services.casework.steps import Progress

GIVEN_UP = "too much to do; nothing was saved"


@dataclass(eq=False, slots=True)
class Waiting:
    """One command taken in, whom to tell of its end, and how far it is.

    ``mark`` is the teller's own. While it is ``parked`` another of its round was first on
    the stream it is ``rival_for`` (None: with its very key), and it waits for its turn.
    """

    call: Call
    tell: "Tell"
    mark: object = None
    since: float = field(default_factory=time.monotonic)
    progress: Progress | None = None
    failure: Exception | None = None
    rival_for: UUID | None = None
    parked: bool = False

    @property
    def done(self) -> bool:
        """Whether it ended."""
        return self.failure is not None or (self.progress is not None and self.progress.done)

    @property
    def lost_for_good(self) -> bool:
        """Whether its caller has read a version that its rival has made an old one."""
        expected = self.call.expected
        return expected is not None and expected.stream == self.rival_for

    @property
    def to_seal(self) -> ToSeal | None:
        """The texts it stands at."""
        step = None if self.progress is None else self.progress.step
        return step if isinstance(step, ToSeal) else None

    def sealed(self, answer: object) -> None:
        """Its texts are sealed, or could not be."""
        if self.progress is not None:
            self.progress.go_on(answer)

    def begin(self, casework: Casework) -> None:
        """Get under way."""
        self.progress = Progress(casework.steps(self.call))

    def park(self, stream: UUID | None) -> None:
        """Wait for a turn."""
        self.parked, self.rival_for = True, stream

    def take_turn(self) -> None:
        """The rival has ended: decide anew; or save after all, if only the key was the same."""
        self.parked = False
        if self.progress is not None and self.rival_for is not None:
            self.progress.go_on(VersionTaken(self.rival_for))

    def give_up(self) -> None:
        """End unsaved: between two rounds nothing of it is on its way."""
        self.parked = False
        if self.progress is None:
            self.failure = StoreUnavailable(GIVEN_UP)
        else:
            self.progress.go_on(StoreUnavailable(GIVEN_UP))

    def result(self) -> Outcome:
        """Its outcome, or what it was refused for is raised."""
        if self.failure is not None:
            raise self.failure
        if self.progress is None:
            raise RuntimeError("asked for the result of a command that waits")
        return self.progress.result()


Tell = Callable[[Sequence[Waiting]], None]
"""Called in the rounds' own thread with commands that ended; must neither wait nor fail."""
