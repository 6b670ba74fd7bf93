"""Named leases with an epoch in memory, on a clock that a test sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from infra.postgres.leases import Held, Lease, LeaseLost


@dataclass
class Granted:
    """A lease as the table has it."""

    holder: str
    epoch: int
    until: float


class LeaseTable:
    """What all holders share: the leases by name, and the one clock they run out by."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.granted: dict[str, Granted] = {}

    def copy(self) -> "LeaseTable":
        """The same leases, to go their own way."""
        other = LeaseTable(self.now)
        other.granted = {
            name: Granted(held.holder, held.epoch, held.until)
            for name, held in self.granted.items()
        }
        return other


class MemoryLeases:
    """The twin of :class:`infra.postgres.leases.Leases`."""

    def __init__(self, table: LeaseTable, holder: str) -> None:
        self.holder = holder
        self._table = table

    def acquire(self, name: str, seconds: float) -> Lease | None:
        now, before = self._table.now(), self._table.granted.get(name)
        if before is not None and before.holder != self.holder and before.until > now:
            return None
        epoch = 1 if before is None else before.epoch + 1
        self._table.granted[name] = Granted(self.holder, epoch, now + seconds)
        return Lease(name, self.holder, epoch, now + seconds)

    def renew(self, lease: Lease, seconds: float) -> Lease:
        held = self._found(lease)
        if held is None:
            raise LeaseLost(lease.name)
        held.until = self._table.now() + seconds
        return Lease(lease.name, lease.holder, lease.epoch, held.until)

    def release(self, lease: Lease) -> None:
        held = self._found(lease)
        if held is not None:
            held.until = min(held.until, self._table.now())

    def held(self, prefix: str = "") -> Sequence[Held]:
        now = self._table.now()
        return [
            Held(name, held.holder, held.epoch, datetime.fromtimestamp(held.until, UTC))
            for name, held in sorted(self._table.granted.items())
            if name.startswith(prefix) and held.until > now
        ]

    def close(self) -> None:
        """There is nothing to let go of."""

    def _found(self, lease: Lease) -> Granted | None:
        held = self._table.granted.get(lease.name)
        mine = held is not None and (held.holder, held.epoch) == (lease.holder, lease.epoch)
        return held if mine else None
