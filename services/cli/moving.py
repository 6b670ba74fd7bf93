"""What a change of calendar or rulebook moved, worked out at once and told (hạn đã dời)."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from infra.postgres.law import LawFollower
from infra.postgres.views.due_days import EVERY_DAY, DueDays
from infra.settings import Settings, SettingsError
from projections.ports import ViewsUnavailable
from projections.recomputing import Moved
from services import wiring
from services.cli.exits import say
from services.recomputing import HEARD, UpToDate, recompute

PATIENCE: Final = 60.0
"""Seconds another's pass over the due days is waited for."""


@contextmanager
def law_of(settings: Settings) -> Iterator[LawFollower]:
    """Calendar and rulebook as the store has them now."""
    follower = wiring.open_law(settings)
    try:
        yield follower
    finally:
        follower.close()


@contextmanager
def due_days_of(settings: Settings) -> Iterator[DueDays]:
    """The due days in the views, to be set right."""
    days = DueDays.at(settings.secret("projector_dsn"))
    try:
        yield days
    finally:
        days.close()


def changing(settings: Settings, law: LawFollower, change: Callable[[], None]) -> Sequence[Moved]:
    """Change the law, bring the due days up to date, and say what moved by it.

    What stands recorded is recorded: where the views cannot be reached a projector brings
    them up to date later.
    """
    try:
        settings.secret("projector_dsn")
    except SettingsError:
        change()
        say("recorded; the projectors bring the due days up to date")
        return ()
    with due_days_of(settings) as days:
        keeper = UpToDate(law, days)
        mark = keeper.run(PATIENCE)
        change()
        law.refresh()
        try:
            upto = keeper.run(PATIENCE)
            moved = days.moved_since(mark, upto)
        except ViewsUnavailable as away:
            say(f"recorded; the projectors bring the due days up to date later: {away}")
            return ()
    if upto < law.standing()[1]:
        say("recorded; another pass is under way, `tiepdan deadline recompute` tells the rest")
    say(f"{len(moved)} open deadlines moved")
    return moved


def everything(law: LawFollower, days: DueDays) -> Sequence[Moved]:
    """Work out every due day again, whatever is known to be right."""
    moved: list[Moved] = []
    with days.turn(PATIENCE):
        newest, position = law.standing()
        for wait in (0.0, HEARD):
            time.sleep(wait)
            recompute(newest, days, moved.extend, EVERY_DAY, position)
        days.passed(position, len(moved))
    say(f"{len(moved)} open deadlines moved")
    return moved


def tell_moved(moved: Sequence[Moved], *, as_json: bool) -> None:
    """One line, or one object, a deadline."""
    if as_json:
        print(json.dumps([each.as_data() for each in moved]))
        return
    for each in moved:
        print(each.line())
