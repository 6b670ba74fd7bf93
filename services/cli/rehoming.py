"""``units rehome``: the open work of abolished offices goes to who stands in their place."""

import json
from dataclasses import asdict

from services import wiring
from services.casework import Casework
from services.cli.exits import Exit, say
from services.cli.opened import directory_of
from services.cli.state import DEFAULT, Json, State, settings_of
from services.rehoming import Rehomed, Rehoming
from services.vaults import open_vault


def rehome(state: State = DEFAULT, as_json: Json = False) -> None:
    """Take over what is left to take over; may be stopped and run again at any time.

    Ends with 1 when some work has neither an heir nor a superior to go to: an administrator
    names the office's successor, or decides for each file.
    """
    settings = settings_of(state)
    with directory_of(settings) as follower:
        store, views = wiring.open_store(settings), wiring.open_views(settings)
        law, vault = wiring.open_law(settings), open_vault(settings)
        clock = settings.clock()
        casework = Casework(store, vault, follower.current, clock, law.current)
        try:
            made = Rehoming(views, casework, follower.current, clock, _progress).run()
        finally:
            for part in (law, vault, views, store):
                part.close()
    _told(made, as_json=as_json)
    if made.stuck:
        raise SystemExit(Exit.FAILURE)


def _progress(done: Rehomed) -> None:
    say(f"{done.moved} taken over")


def _told(made: Rehomed, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(made)))
        return
    print(f"{made.moved} taken over, {made.known} were already, {made.busy} busy")
    for office, pieces in sorted(made.stuck.items()):
        print(f"{office}  {pieces} without heir and superior")
