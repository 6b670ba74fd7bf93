"""A story of the demo, act by act (kịch bản mẫu): who does what, when, under which key.

Every id and key comes from seed, story and step, so the same story recorded again is
recognised by its keys and records nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from random import Random
from typing import Final
from uuid import UUID, uuid5

from domain.commands.base import Command
from domain.streams import NAMESPACE
from domain.values import Officer

DEMO: Final = uuid5(NAMESPACE, "demo")


@dataclass(frozen=True, slots=True)
class Step:
    """One act: recorded ``at`` by an officer; ``happened`` earlier when it was written up late."""

    key: UUID
    story: str
    at: datetime
    by: Officer
    command: Command
    happened: datetime | None = None

    @property
    def request(self) -> bytes:
        """The hash of what is asked, the same for the same step."""
        return sha256(repr((self.by, self.command, self.happened)).encode()).digest()


class Story:
    """The acts of one story, in the order they happen; its chance is drawn from its name."""

    def __init__(self, seed: int, name: str) -> None:
        self.name = name
        self.draw = Random(f"{seed}/{name}")
        self._seed = seed
        self._steps: list[Step] = []

    def id_of(self, thing: str) -> UUID:
        """The id of something of this story: its petition, its case."""
        return uuid5(DEMO, f"{self._seed}/{self.name}/{thing}")

    def act(
        self, at: datetime, by: Officer, command: Command, *, happened: datetime | None = None
    ) -> None:
        """Somebody does something; never before what the story told last."""
        if self._steps and at <= self._steps[-1].at:
            raise ValueError(f"{self.name}: {command!r} at {at} comes before the last act")
        key = self.id_of(f"step/{len(self._steps)}")
        self._steps.append(Step(key, self.name, at, by, command, happened))

    @property
    def last(self) -> datetime:
        """When the last act was recorded."""
        return self._steps[-1].at

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps)


def in_time(stories: list[Story]) -> tuple[Step, ...]:
    """All acts of all stories as they follow each other; a story's own order is kept."""
    return tuple(sorted((s for story in stories for s in story), key=lambda s: (s.at, s.story)))
