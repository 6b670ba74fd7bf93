"""A process full of officers who all save at once. ``python -m tests.infra.postgres.savers``

Reads a DSN, a seed and the numbers of threads and saves from its arguments, the DSN from
the standard input. Prints one JSON object per save: what was tried and what was answered.
"""

import json
import random
import sys
import threading
from uuid import UUID

from domain.ports import KeyTaken, Receipt, VersionTaken
from infra.postgres.fact_store import PostgresFactStore
from tests.contracts.facts import accepted

HOT_STREAMS = [UUID(int=number) for number in range(1, 41)]
HOT_KEYS = [UUID(int=number) for number in range(1000, 1400)]


def save_many(store: PostgresFactStore, rng: random.Random, name: str, saves: int) -> None:
    """Save to hot streams, sometimes to two at once, sometimes under a used key."""
    for number in range(saves):
        streams = rng.sample(HOT_STREAMS, rng.choice([1, 1, 1, 2]))
        facts = []
        for stream in streams:
            start = store.last_version(stream)
            count = rng.randint(1, 6)
            mark = f"{name}/{number}"
            facts += [accepted(stream, start + n, from_office=mark) for n in range(1, count + 1)]
        key = rng.choice(HOT_KEYS) if rng.random() < 0.3 else UUID(int=rng.getrandbits(128))
        receipt = Receipt(key, b"asked", f"{name}/{number}".encode())
        answer: list[int] | str
        try:
            answer = list(store.append(facts, receipt=receipt))
        except VersionTaken:
            answer = "version"
        except KeyTaken:
            answer = "key"
        tried = [[str(fact.originator_id), fact.originator_version] for fact in facts]
        line = {"name": f"{name}/{number}", "key": str(key), "tried": tried, "answer": answer}
        sys.stdout.write(json.dumps(line) + "\n")


def main() -> None:
    """Run the threads to their end."""
    seed, threads, saves = (int(argument) for argument in sys.argv[1:])
    store = PostgresFactStore.open(sys.stdin.readline().strip(), durable=False, environ={})
    officers = [
        threading.Thread(
            target=save_many, args=(store, random.Random(f"{seed}/{n}"), f"{seed}/{n}", saves)
        )
        for n in range(threads)
    ]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    store.close()


if __name__ == "__main__":
    main()
