"""The re-homing of abolished offices' work, put together."""

from contextlib import ExitStack
from dataclasses import dataclass

from infra.postgres.directory import DirectoryFollower
from infra.settings import Settings
from services import wiring
from services.casework import Casework
from services.no_vault import NoVault
from services.rehoming import Rehomed, Rehoming, Tell
from services.rehoming_watch import RehomingWatch


@dataclass(frozen=True)
class RehomingParts:
    """The policy, the office tree it goes by, and what is to be closed at the end."""

    policy: Rehoming
    directory: DirectoryFollower
    parts: ExitStack


def nobody(_done: Rehomed) -> None:
    """Who watches page by page."""


def rehoming_parts(settings: Settings, tell: Tell = nobody) -> RehomingParts:
    """What the policy is made of. It needs no vault: its commands carry no texts."""
    with ExitStack() as opening:
        store = wiring.open_store(settings, pool_size=3)
        opening.callback(store.close)
        views = wiring.open_views(settings, pool_size=2)
        opening.callback(views.close)
        law = wiring.open_law(settings)
        opening.callback(law.close)
        directory, clock = wiring.open_directory(settings), settings.clock()
        opening.callback(directory.close)
        casework = Casework(store, NoVault(), directory.current, clock, law.current)
        policy = Rehoming(views, casework, directory.current, clock, tell)
        return RehomingParts(policy, directory, opening.pop_all())


def rehoming_watch(settings: Settings) -> RehomingWatch:
    """The policy as a thread of a program."""
    made = rehoming_parts(settings)
    return RehomingWatch(made.policy, made.directory.current, settings.clock(), made.parts)
