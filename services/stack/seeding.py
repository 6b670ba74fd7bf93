"""What a new stack is filled with before its doors open: the law, the country's units, the demo."""

from collections.abc import Callable

from domain.ports import Clock, FactStore
from infra.clock import SystemClock
from infra.postgres.directory import DirectoryFollower
from infra.settings import Settings
from infra.units import Edition, unit_list_file
from services import demo, wiring
from services.calendars import fill_calendar
from services.casework import Casework
from services.rulebooks import publish_carried
from services.units import OtherUnit, import_units
from services.vaults import open_vault

Say = Callable[[str], None]


class Seeding:
    """Fills the stack once; called again it finds out quickly that nothing is left to do.

    Needs the settings of the store, on a demo those of the vault too. ``scale``, up to 1,
    thins out a demo's plain petitions; it must not change between two calls.
    """

    def __init__(self, settings: Settings, say: Say, *, seed: int = 1, scale: float = 1.0) -> None:
        self._settings = settings
        self._say = say
        self._seed = seed
        self._scale = scale

    def __call__(self) -> None:
        """Record the law and the units and, on a demo, its invented work.

        Interrupted, it goes on later.
        """
        store = wiring.open_store(self._settings, pool_size=3)
        follower = wiring.open_directory(self._settings)
        try:
            self._publish_rulebook(store)
            self._fill_calendar(store)
            self._import_units(store, follower)
            if self._settings.demo:
                self._fill_demo(store, follower)
        finally:
            follower.close()
            store.close()

    def _clock(self) -> Clock:
        return demo.DemoClock() if self._settings.demo else SystemClock()

    def _publish_rulebook(self, store: FactStore) -> None:
        edition = publish_carried(store, self._clock())
        if edition is not None:
            self._say(f"Law: edition {edition} of the rulebook published, as this release has it")

    def _fill_calendar(self, store: FactStore) -> None:
        years = fill_calendar(store, self._clock())
        if years:
            told = ", ".join(map(str, years))
            self._say(f"Calendar: days off of {told} recorded, as this release has them")

    def _import_units(self, store: FactStore, follower: DirectoryFollower) -> None:
        with unit_list_file(Edition.THREE_TIER) as path:
            try:
                made = import_units(
                    path,
                    Edition.THREE_TIER.valid_from,
                    store,
                    follower.current(),
                    self._clock(),
                    self._tell_units,
                )
            except OtherUnit as own:
                if self._settings.demo:
                    raise
                self._say(f"Units: your own list stands, the one carried is left out ({own})")
                return
        if made.established:
            follower.refresh()
            self._say(f"Units: {made.established} established, each with its People's Committee")

    def _fill_demo(self, store: FactStore, follower: DirectoryFollower) -> None:
        clock = demo.DemoClock()
        vault = open_vault(self._settings)
        casework = Casework(store, vault, follower.current, clock)
        try:
            made = demo.fill(
                casework,
                follower.refresh,
                store,
                clock,
                self._seed,
                self._tell_acts,
                scale=self._scale,
            )
        finally:
            vault.close()
        if made.recorded:
            self._say(f"Demo: {made.petitions} petitions, {made.gatherings} gatherings")

    def _tell_units(self, done: int, of: int) -> None:
        if done % 2500 == 0:
            self._say(f"Units: {done} of {of}")

    def _tell_acts(self, done: int, of: int) -> None:
        if done == of or done % 500 == 0:
            self._say(f"Demo: {done} of {of} acts")
