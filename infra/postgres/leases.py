"""What only one may do at a time: named leases with an epoch (quyền độc nhất có thời hạn).

Expiry is by the database's clock. The epoch rises with each new holder and is what fences:
whatever a holder writes elsewhere compares it, so a holder that slept through its own
expiry can do no harm.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from infra.postgres.connections import open_pool
from infra.postgres.database import Database

ACQUIRE = """
INSERT INTO store.leases AS l (name, holder, epoch, expires_at)
VALUES (%s, %s, 1, clock_timestamp() + %s * interval '1 second')
ON CONFLICT (name) DO UPDATE
    SET holder = excluded.holder, epoch = l.epoch + 1, expires_at = excluded.expires_at
    WHERE l.expires_at <= clock_timestamp() OR l.holder = excluded.holder
RETURNING epoch
"""
RENEW = """
UPDATE store.leases SET expires_at = clock_timestamp() + %s * interval '1 second'
WHERE name = %s AND holder = %s AND epoch = %s RETURNING epoch
"""
RELEASE = """
UPDATE store.leases SET expires_at = clock_timestamp()
WHERE name = %s AND holder = %s AND epoch = %s AND expires_at > clock_timestamp()
"""
HELD = """
SELECT name, holder, epoch, expires_at FROM store.leases
WHERE starts_with(name, %s) AND expires_at > clock_timestamp() ORDER BY name
"""


class LeaseLost(Exception):
    """Another holder has taken it: stop at once, write nothing more."""


@dataclass(frozen=True)
class Lease:
    """What was granted. ``until`` is on this process' monotonic clock, on the safe side."""

    name: str
    holder: str
    epoch: int
    until: float = field(compare=False)

    def is_held(self, at: float | None = None) -> bool:
        """Whether it surely still runs; a look at this machine's clock, no question asked."""
        return (time.monotonic() if at is None else at) < self.until


@dataclass(frozen=True)
class Held:
    """A lease somebody holds now, for health pages."""

    name: str
    holder: str
    epoch: int
    expires_at: datetime


class Leases:
    """The leases that one holder asks for. ``holder`` is a name no other process ever has.

    Every method also raises :class:`domain.ports.StoreUnavailable`.
    """

    def __init__(self, dsn: str, holder: str) -> None:
        self.holder = holder
        self._database = Database(open_pool(dsn, "tiepdan leases", largest=2))

    def close(self) -> None:
        """Let go of every connection; leases run out by themselves."""
        self._database.close()

    def acquire(self, name: str, seconds: float) -> Lease | None:
        """Take a free or expired lease, with a new epoch; None while another holds it.

        Our own, asked for again, is granted again with another epoch.
        """
        until = time.monotonic() + seconds
        rows = self._database.rows(ACQUIRE, [name, self.holder, seconds])
        return Lease(name, self.holder, rows[0][0], until) if rows else None

    def renew(self, lease: Lease, seconds: float) -> Lease:
        """The same lease, for longer. Raises :class:`LeaseLost`.

        One that ran out unnoticed by others is ours still: nobody has acted under another
        epoch.
        """
        until = time.monotonic() + seconds
        if not self._database.rows(RENEW, [seconds, lease.name, lease.holder, lease.epoch]):
            raise LeaseLost(lease.name)
        return Lease(lease.name, lease.holder, lease.epoch, until)

    def release(self, lease: Lease) -> None:
        """Give it back early, so that another need not wait. Quiet if it is lost already."""
        self._database.rows(RELEASE, [lease.name, lease.holder, lease.epoch])

    def held(self, prefix: str = "") -> Sequence[Held]:
        """Who holds what now, by the beginning of its name."""
        return [Held(*row) for row in self._database.rows(HELD, [prefix])]
