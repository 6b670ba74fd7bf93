"""What a new stack is filled with before its doors open: the country's units, then the demo."""

from collections.abc import Callable

from domain.ports import Clock, FactStore
from infra.clock import SystemClock
from infra.postgres.directory import DirectoryFollower
from infra.settings import Settings
from infra.units import Edition, unit_list_file
from services import demo, wiring
from services.casework import Casework
from services.stack.env import operator_env
from services.stack.plan import Plan
from services.units import import_units

Say = Callable[[str], None]


class Seeding:
    """Fills the stack once; called again it finds out quickly that nothing is left to do."""

    def __init__(self, plan: Plan, say: Say, *, seed: int = 1) -> None:
        self._plan = plan
        self._say = say
        self._seed = seed

    def __call__(self) -> None:
        """Import the units and, on a demo, its invented work. Interrupted, it goes on later."""
        settings = Settings.read(operator_env(self._plan))
        store = wiring.open_store(settings, pool_size=3)
        follower = wiring.open_directory(settings)
        try:
            self._import_units(store, follower)
            if self._plan.demo:
                self._fill_demo(settings, store, follower)
        finally:
            follower.close()
            store.close()

    def _import_units(self, store: FactStore, follower: DirectoryFollower) -> None:
        clock: Clock = demo.DemoClock() if self._plan.demo else SystemClock()
        with unit_list_file(Edition.THREE_TIER) as path:
            made = import_units(
                path,
                Edition.THREE_TIER.valid_from,
                store,
                follower.current(),
                clock,
                lambda done, of: self._say(f"Units: {done} of {of}") if done % 2500 == 0 else None,
            )
        if made.established:
            follower.refresh()
            self._say(f"Units: {made.established} established, each with its People's Committee")

    def _fill_demo(self, settings: Settings, store: FactStore, follower: DirectoryFollower) -> None:
        clock = demo.DemoClock()
        vault = wiring.open_vault(settings)
        casework = Casework(store, vault, follower.current, clock)
        try:
            made = demo.fill(casework, follower.refresh, store, clock, self._seed, self._tell)
        finally:
            vault.close()
        if made.recorded:
            self._say(f"Demo: {made.petitions} petitions, {made.gatherings} gatherings")

    def _tell(self, done: int, of: int) -> None:
        if done == of or done % 500 == 0:
            self._say(f"Demo: {done} of {of} acts")
