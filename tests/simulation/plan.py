"""What one seed has in store: how big its world is, which faults it knows and how often."""

from dataclasses import dataclass, replace
from random import Random

KINDS = ("store", "views", "stream")


@dataclass(frozen=True)
class Plan:
    """Chances are per seam crossed; ``chaos`` is the mean of seconds between two blows."""

    offices: int
    commands: int
    relays: int
    projectors: int
    seconds: float
    chaos: float
    blows: tuple[str, ...]
    down_before: float
    answer_lost: float
    round_fails: float
    late_batch: float
    twice: float
    shuffled: float
    lost_though_acknowledged: float
    round_limit: int
    poll_limit: int
    old_release: tuple[str, ...]


BLOWS = (
    "freeze a relay", "freeze a projector", "freeze an office", "kill a relay", "kill a projector",
    "kill an office", "store down", "views down", "stream down", "topics made anew", "lost tail",
    "garbage", "views put back", "clock jumps", "leases' clock jumps", "cursor put back",
)  # fmt: skip
REWIND = "store put back"
TYPES = ("petition.classified/1", "petition.accepted/1", "access.history_replayed/1")


def draw(random: Random) -> Plan:
    """Few faults in some worlds, many in others, none in a few."""
    blows = random.sample(BLOWS, random.randint(0, 8))
    if random.random() < 0.2:
        blows.append(REWIND)

    def sometimes(most: float, chance: float = 0.5) -> float:
        return random.random() * most if random.random() < chance else 0.0

    return Plan(
        offices=random.randint(1, 3),
        commands=random.randint(10, 40),
        relays=random.randint(1, 3),
        projectors=random.randint(1, 3),
        seconds=random.uniform(15.0, 90.0),
        chaos=random.uniform(1.5, 10.0),
        blows=tuple(blows),
        down_before=sometimes(0.01),
        answer_lost=sometimes(0.02),
        round_fails=sometimes(0.4),
        late_batch=sometimes(0.3),
        twice=sometimes(0.3),
        shuffled=sometimes(0.5, 0.3),
        lost_though_acknowledged=sometimes(0.2, 0.3),
        round_limit=random.choice((1, 2, 5, 20)),
        poll_limit=random.choice((1, 3, 50)),
        old_release=tuple(random.sample(TYPES, 1)) if random.random() < 0.25 else (),
    )


def roughened(plan: Plan) -> Plan:
    """The same world with many blows in it: for showing that the oracle sees.

    Where the topics or the store are put back, all is sent again, whatever went wrong
    before; so in the other worlds neither happens, but the cursor is put back often.
    """
    anew = (*BLOWS, *["topics made anew", "freeze a projector"] * 3, REWIND)
    return replace(
        plan,
        relays=2,
        projectors=2,
        chaos=2.0,
        blows=anew if plan.offices == 1 else ("cursor put back", "freeze a relay"),
        round_fails=0.2,
        lost_though_acknowledged=0.2,
        round_limit=2,
        old_release=(),
    )
