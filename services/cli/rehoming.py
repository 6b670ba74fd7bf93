"""``units rehome``: the open work of abolished offices goes to who stands in their place."""

import json
from dataclasses import asdict
from typing import Final

from services.cli.exits import Exit, say
from services.cli.state import DEFAULT, Json, State, settings_of
from services.programs.rehoming import rehoming_parts
from services.rehoming import Rehomed

THOUSAND: Final = 1_000


def rehome(state: State = DEFAULT, as_json: Json = False) -> None:
    """Take over what is left to take over; may be stopped and run again at any time.

    Ends with 1 when some work has neither an heir nor a superior to go to (an administrator
    names the office's successor, or decides for each file), or when files cannot be read.
    """
    made_of = rehoming_parts(settings_of(state), Told())
    with made_of.parts:
        made = made_of.policy.run()
    _told(made, as_json=as_json)
    if made.stuck or made.unreadable:
        raise SystemExit(Exit.FAILURE)


class Told:
    """Says how far it is, each time another thousand is done."""

    def __init__(self) -> None:
        self._thousands = 0

    def __call__(self, done: Rehomed) -> None:
        if done.moved // THOUSAND > self._thousands:
            self._thousands = done.moved // THOUSAND
            say(f"{done.moved} taken over")


def _told(made: Rehomed, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(made)))
        return
    print(f"{made.moved} taken over, {made.known} were already, {made.busy} busy")
    for office, pieces in sorted(made.stuck.items()):
        print(f"{office}  {pieces} without heir and superior")
    if made.unreadable:
        print(f"{made.unreadable} cannot be read: run the release that wrote them")
