"""Virtual time, and whose turn it is: one thread, every choice drawn from the seed."""

from collections.abc import Callable
from random import Random

from greenlet import getcurrent, greenlet

STEP = 0.02
"""Seconds a step takes at most."""


class Killed(BaseException):
    """The actor is killed where it stands, as by ``kill -9``."""


class Actor:
    """Somebody who works, step by step, until the world ends."""

    def __init__(self, name: str, life: Callable[[], None]) -> None:
        self.name = name
        self.wakes = 0.0
        self.doomed = False
        self.ended = False
        self.strand = greenlet(life)


class Scheduler:
    """Runs actors one step at a time. Whoever is ready has the same chance."""

    def __init__(self, random: Random) -> None:
        self.now = 0.0
        self.steps = 0
        self.current: Actor | None = None
        self._random = random
        self._actors: list[Actor] = []
        self._hub = getcurrent()

    @property
    def name(self) -> str:
        """Whose turn it is."""
        return self.current.name if self.current else "-"

    def time(self) -> float:
        """Seconds since the world began."""
        return self.now

    def spawn(self, name: str, life: Callable[[], None]) -> Actor:
        """A new actor, ready at once."""
        actor = Actor(name, life)
        self._actors.append(actor)
        return actor

    def pause(self) -> None:
        """Let others go first, perhaps."""
        self.sleep(0.0)

    def sleep(self, seconds: float) -> None:
        """Rest. Outside of any actor nobody waits."""
        actor = self.current
        if actor is not None:
            actor.wakes = self.now + seconds
            self._hub.switch()

    def freeze(self, actor: Actor, seconds: float) -> None:
        """Stop it where it stands, as by ``SIGSTOP``; it goes on by itself."""
        actor.wakes = max(actor.wakes, self.now) + seconds

    def kill(self, actor: Actor) -> None:
        """End it where it stands, at its next turn, which comes soon."""
        actor.doomed, actor.wakes = True, self.now

    def thaw(self) -> None:
        """Nobody is frozen any more."""
        for actor in self._actors:
            actor.wakes = min(actor.wakes, self.now + 5.0)

    def end(self) -> None:
        """End whoever stands somewhere: the collector sees nothing of what such a one holds, and
        ten thousand worlds never let go of took 14 GB."""
        for actor in self._actors:
            while actor.strand:
                actor.strand.throw()

    def run(self, seconds: float) -> None:
        """Let the world go on for so long."""
        end = self.now + seconds
        while self.now < end:
            alive = [actor for actor in self._actors if not actor.ended]
            ready = [actor for actor in alive if actor.wakes <= self.now]
            if not ready:
                self.now = min([end, *(actor.wakes for actor in alive)])
                continue
            self._turn(self._random.choice(ready))

    def _turn(self, actor: Actor) -> None:
        self.steps += 1
        self.now += self._random.random() * STEP
        self.current = actor
        doomed, actor.doomed = actor.doomed, False
        try:
            if doomed and actor.strand:
                actor.strand.throw(Killed)
            else:
                actor.strand.switch()
        finally:
            self.current = None
        actor.ended = actor.strand.dead
