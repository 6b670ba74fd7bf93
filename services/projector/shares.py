"""Who has which lanes: a fair share each, by leases in Postgres, without a coordinator.

Every projector holds one member slot; the count of held slots tells each how many lanes
are its due. It lets go of what is above, takes what is free. The lease decides who works,
never who may write: that is the compare-and-set on progress.
"""

import threading
from collections.abc import Collection
from contextlib import suppress

from domain.ports import LANES, StoreUnavailable
from infra.postgres.leases import Lease, LeaseLost, Leases

LEASE_SECONDS = 5.0
TEND_EVERY = 1.0


class LaneShares:
    """This projector's lanes. ``tend`` renews, takes and lets go; a thread calls it.

    A lease is this process's for 5 s and renewed each second: a killed projector's lanes
    rest for 5 s at most. With more projectors than lanes the last ones stand by.
    """

    def __init__(self, leases: Leases, group: str, *, seconds: float = LEASE_SECONDS) -> None:
        self._leases = leases
        self._seconds = seconds
        self._slots = f"projector/{group}/member/"
        self._names = f"projector/{group}/lane/"
        self._slot: Lease | None = None
        self._held: dict[int, Lease] = {}
        self.lanes: frozenset[int] = frozenset()

    def tend(self) -> None:
        """One turn: hold on to what we have, then move towards the fair share."""
        self._keep_slot()
        self._renew()
        if self._slot is not None:
            self._balance(fair_share(len(self._leases.held(self._slots))))
        self.lanes = frozenset(self._held)

    def tend_until(self, stop: threading.Event) -> None:
        """Tend each second; a database that does not answer is asked again."""
        while not stop.wait(TEND_EVERY):
            try:
                self.tend()
            except StoreUnavailable:
                continue

    def leave(self) -> None:
        """Let go of everything, so that others need not wait."""
        for lease in (*self._held.values(), *([self._slot] if self._slot else [])):
            self._leases.release(lease)
        self._held, self._slot, self.lanes = {}, None, frozenset()

    def _keep_slot(self) -> None:
        if self._slot is not None:
            with suppress(LeaseLost):
                self._slot = self._leases.renew(self._slot, self._seconds)
                return
        taken = {held.name for held in self._leases.held(self._slots)}
        free = (f"{self._slots}{n}" for n in range(LANES) if f"{self._slots}{n}" not in taken)
        self._slot = next(filter(None, map(self._take, free)), None)

    def _renew(self) -> None:
        for lane, lease in tuple(self._held.items()):
            try:
                self._held[lane] = self._leases.renew(lease, self._seconds)
            except LeaseLost:
                del self._held[lane]

    def _balance(self, share: int) -> None:
        for lane in sorted(self._held)[share:]:
            self._leases.release(self._held.pop(lane))
        if len(self._held) < share:
            self._fill(share, {held.name for held in self._leases.held(self._names)})

    def _fill(self, share: int, taken: Collection[str]) -> None:
        for lane in range(LANES):
            name = f"{self._names}{lane}"
            if len(self._held) < share and name not in taken:
                lease = self._take(name)
                if lease is not None:
                    self._held[lane] = lease

    def _take(self, name: str) -> Lease | None:
        return self._leases.acquire(name, self._seconds)


def fair_share(members: int) -> int:
    """Lanes due to each of so many: enough that all lanes have a holder."""
    return -(-LANES // max(members, 1))
