"""How the flow of facts stands: what waits for the stream, what the views lag, who answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from domain.ports import Clock, FactStore, StoreUnavailable
from infra.kafka.messages import recorded_at
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit, topic_ids
from infra.postgres.database import Database
from infra.postgres.directory import DirectoryFollower
from infra.postgres.following import Follower
from infra.postgres.relay_cursor import RelayCursor
from projections.ports import ViewsUnavailable
from projections.queries import Views
from services.api.metrics import FlowHealth
from services.probing import PartDown, Probe


@dataclass(frozen=True)
class Flow:
    """Reads how far everything is (độ trễ). ``cursor`` is None where no relay is needed."""

    store: FactStore
    views: Views
    cursor: RelayCursor | None
    clock: Clock

    def __call__(self) -> FlowHealth:
        """Views that do not answer lack their own figures alone. Raises ``StoreUnavailable``."""
        outbox_age = self.outbox_age()
        try:
            return FlowHealth(outbox_age, self.lag(), self.views.parked_count())
        except ViewsUnavailable:
            self.store.head()  # both may lie in the database that is away
            return FlowHealth(outbox_age, views_up=False)

    def lag(self) -> Mapping[str, float]:
        """Seconds each projection is behind. Raises ``ViewsUnavailable``."""
        lag: dict[str, float] = {}
        for lane in self.views.freshness().lanes:
            age = max(0.0, lane.age.total_seconds())
            lag[lane.projection] = max(age, lag.get(lane.projection, 0.0))
        return lag

    def outbox_age(self) -> float:
        """Seconds since the oldest fact not yet on the stream was recorded; 0 when none waits."""
        if self.cursor is None:
            return 0.0
        waiting = self.store.read(after=self.cursor.load().position, limit=1)
        if not waiting:
            return 0.0
        recorded = recorded_at(waiting[0].body) or self.clock.now()
        return max(0.0, (self.clock.now() - recorded).total_seconds())


def probes(
    store: FactStore,
    views: Views,
    vault: Database,
    directory: DirectoryFollower,
    kafka: KafkaSettings | None,
) -> Sequence[Probe]:
    """The parts of one stack; without the store nothing can be taken in."""
    asked = [
        Probe("store", needed=True, ask=_asking(store.head)),
        Probe("views", needed=False, ask=_asking(views.feed_head)),
        Probe("vault", needed=False, ask=_asking(lambda: vault.rows("SELECT 1"))),
        Probe("directory", needed=False, ask=partial(must_be_whole, directory)),
    ]
    if kafka is not None:
        asked.append(Probe("kafka", needed=False, ask=_asking(lambda: topic_ids(kafka))))
    return asked


def must_be_whole(followed: Follower[Any]) -> None:
    """Raises :class:`PartDown` when what is followed is not all that the store has."""
    if followed.fault is not None:
        raise PartDown(followed.fault)


def _asking(ask: Callable[[], object]) -> Callable[[], None]:
    """A probe's question: well, or :class:`PartDown`."""

    def question() -> None:
        try:
            ask()
        except (StoreUnavailable, ViewsUnavailable, KafkaUnavailable, TopicsUnfit) as down:
            raise PartDown(str(down)) from down

    return question
