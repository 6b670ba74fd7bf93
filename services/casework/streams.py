"""What one command has at hand of the store: what was fetched, and a name for what was not."""

from collections.abc import Sequence
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.ports import AtHand, Receipt, Told, Wanted
from infra.serial import history


class NotAtHand(Exception):
    """A decision asked for what was not fetched: fetch it, then decide anew."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(str(wanted))
        self.wanted = wanted


class Fetched:
    """A :class:`~services.circles.Streams` of what was fetched. Nothing here waits for anything."""

    def __init__(self) -> None:
        self._receipts: dict[UUID, Receipt] = {}
        self._told: dict[UUID, Sequence[Told]] = {}
        self._versions: dict[UUID, int] = {}
        self._decoded: dict[UUID, Sequence[OfficeEvent]] = {}

    def take(self, wanted: Wanted, found: AtHand) -> None:
        """Keep what was wanted here; what was found for others stays with them."""
        for key in wanted.keys:
            if key in found.receipts:
                self._receipts[key] = found.receipts[key]
        for stream in wanted.streams:
            self._told[stream] = found.facts[stream]
            self._decoded.pop(stream, None)
        for stream in wanted.counters:
            self._versions[stream] = found.versions[stream]

    def anew(self) -> Wanted:
        """Everything it has of streams, to be fetched once more."""
        return Wanted((), tuple(self._told), tuple(self._versions))

    def receipt(self, key: UUID) -> Receipt | None:
        """The receipt stored under a key, if it was there."""
        return self._receipts.get(key)

    def position(self, stream: UUID, version: int) -> int:
        """Where a fact stands. Raises :class:`NotAtHand`."""
        return self._of(stream)[version - 1].position

    def load(self, stream: UUID) -> Sequence[OfficeEvent]:
        """The facts of a stream. Raises :class:`NotAtHand`."""
        known = self._decoded.get(stream)
        if known is None:
            known = history(stream, ((told.type_name, told.body) for told in self._of(stream)))
            self._decoded[stream] = known
        return known

    def last_version(self, stream: UUID) -> int:
        """The version of a stream. Raises :class:`NotAtHand`."""
        version = self._versions.get(stream)
        if version is None:
            raise NotAtHand(Wanted(counters=(stream,)))
        return version

    def _of(self, stream: UUID) -> Sequence[Told]:
        told = self._told.get(stream)
        if told is None:
            raise NotAtHand(Wanted(streams=(stream,)))
        return told
