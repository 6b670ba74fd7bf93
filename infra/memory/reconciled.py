"""The rows of a fact store as digests, for comparing it with the stream."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

from domain.ports import LANES, FactStore, StoredFact
from infra.postgres.reconciled import StoredDigest


class MemoryDigests:
    """The twin of :class:`infra.postgres.reconciled.StoreDigests`, over any fact store."""

    def __init__(self, store: FactStore) -> None:
        self._store = store

    def head(self) -> int:
        return self._store.head()

    def after(self, lane: int, position: int, limit: int) -> Sequence[StoredDigest]:
        found = self._store.read(after=position, limit=limit, lanes=[lane])
        return list(map(digest_of, found))

    def at(self, lane: int, positions: Collection[int]) -> Mapping[int, StoredDigest]:
        found = self._store.read(after=0, limit=self._store.head(), lanes=[lane])
        return {fact.position: digest_of(fact) for fact in found if fact.position in positions}

    def heads(self, at: int) -> tuple[int, ...]:
        heads = [0] * LANES
        for fact in self._store.read(after=0, limit=self._store.head()):
            if fact.position <= at:
                heads[fact.lane] = fact.position
        return tuple(heads)


def digest_of(fact: StoredFact) -> StoredDigest:
    """A fact with its body's SHA-256."""
    digest = sha256(fact.body).digest()
    return StoredDigest(fact.position, fact.stream, fact.version, fact.type_name, digest)
