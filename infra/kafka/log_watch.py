"""What offsets alone do not tell a reader of Kafka: a topic made anew, a lane gone silent."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import KafkaUnavailable, topic_ids, topic_of
from projections.ports import LogTruncated

STUCK_AFTER = 60.0
BRIEF = 5.0
"""Seconds a question to the brokers may take before the check is left for the next time."""


class StreamStuck(RuntimeError):
    """A lane gives nothing more: a damaged batch, no right to read it, or a client gone bad.

    Read no more with this client.
    """


class LogWatch:
    """Topic ids and movement of the lanes that are followed; for one thread.

    Another topic id is invisible to offsets: they count on in the new log and skip its
    beginning (kafka.md 4).
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = replace(settings, bootstrap_timeout=min(BRIEF, settings.bootstrap_timeout))
        self._ids: Mapping[str, str] = topic_ids(self._settings)
        self._next: dict[int, int] = {}
        self._moved: dict[int, float] = {}
        self._checked = time.monotonic()

    def topic_id(self, lane: int) -> str:
        """The id of the lane's topic when last looked at."""
        return self._ids[topic_of(lane)[0]]

    def follow(self, offsets: Mapping[int, int]) -> None:
        """These lanes are read from now on."""
        self._next = dict(offsets)
        self._moved = dict.fromkeys(offsets, time.monotonic())

    def took(self, lane: int, following: int) -> None:
        """A lane gave records; the offset after them."""
        self._next[lane] = following
        self._moved[lane] = time.monotonic()

    @property
    def is_due(self) -> bool:
        """Whether it is time to :meth:`check`."""
        return time.monotonic() - self._checked >= self._settings.check_every

    def look_at_ids(self) -> None:
        """Ask for the topics' ids. Raises :class:`KafkaUnavailable`, ``TopicsUnfit``."""
        self._ids = topic_ids(self._settings)

    def check(self, ends: Callable[[Sequence[int]], Mapping[int, int]]) -> None:
        """Compare ids, and look for lanes that lag and give nothing.

        Brokers that are down are no finding: the next check will tell. Raises
        :class:`LogTruncated`, :class:`StreamStuck`.
        """
        self._checked = time.monotonic()
        before = self._ids
        try:
            self.look_at_ids()
            if before != self._ids:
                raise LogTruncated("a topic was made anew")
            found = ends(list(self._next))
        except KafkaUnavailable:
            return
        find_stuck(found, self._next, self._moved, now=time.monotonic())


def find_stuck(
    ends: Mapping[int, int], following: Mapping[int, int], moved: dict[int, float], *, now: float
) -> None:
    """Refuse a lane that has had records to give for 60 s and gave none.

    ``moved`` says when each lane last gave or had nothing left; it is kept up here.
    Raises :class:`StreamStuck`.
    """
    for lane, end in ends.items():
        if end <= following[lane]:
            moved[lane] = now
        elif now - moved[lane] > STUCK_AFTER:
            raise StreamStuck(f"lane {lane}: {end - following[lane]} records, none comes")
