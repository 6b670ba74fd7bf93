"""Who has which lanes: a fair share each, by leases in Postgres, without a coordinator.

Every projector holds one member slot; among how many it stands where tells each how many
lanes of each topic are its due. It lets go of what is above, takes what is free. Topics are
shared out one by one, for the lanes of one carry nearly all there is to fold. The lease
decides who works, never who may write: that is the compare-and-set on progress.
"""

import threading
from collections.abc import Collection, Sequence
from contextlib import suppress

from domain.ports import LANES, PARTITIONS, StoreUnavailable
from infra.postgres.leases import Lease, LeaseLost, Leases

LEASE_SECONDS = 5.0
TEND_EVERY = 1.0
TOPICS = (range(PARTITIONS), range(PARTITIONS, LANES))
"""The lanes of case facts, and those of facts about reading."""


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
            self._balance(self._slot.name)
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

    def _balance(self, slot: str) -> None:
        members = sorted({slot, *(held.name for held in self._leases.held(self._slots))})
        shares = fair_shares(members.index(slot), len(members))
        for lanes, share in zip(TOPICS, shares, strict=True):
            for lane in self._of(lanes)[share:]:
                self._leases.release(self._held.pop(lane))
        if len(self._held) < sum(shares):
            taken = {held.name for held in self._leases.held(self._names)}
            for lanes, share in zip(TOPICS, shares, strict=True):
                self._fill(lanes, share, taken)

    def _fill(self, lanes: Sequence[int], share: int, taken: Collection[str]) -> None:
        for lane in lanes:
            name = f"{self._names}{lane}"
            if len(self._of(lanes)) < share and name not in taken:
                lease = self._take(name)
                if lease is not None:
                    self._held[lane] = lease

    def _of(self, lanes: Sequence[int]) -> Sequence[int]:
        return [lane for lane in lanes if lane in self._held]

    def _take(self, name: str) -> Lease | None:
        return self._leases.acquire(name, self._seconds)


def fair_shares(place: int, members: int) -> tuple[int, int]:
    """How many lanes of each topic are due to the member at this place of so many.

    What is left over in one topic goes to the first, in the other to the last.
    """
    return _portion(place, members), _portion(members - 1 - place, members)


def _portion(place: int, members: int) -> int:
    each, over = divmod(PARTITIONS, members)
    return each + (place < over)
