"""Acts on how a petition was filed (việc nộp đơn)."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Final

from domain.commands import filing as ask_for
from domain.commands.base import Command
from domain.petition import Petition
from services.casework.desk import Desk
from services.casework.handlers.row import Row


def widen_check(ask: ask_for.WidenCheck, desk: Desk) -> None:
    """Check it in several places."""
    _petition(ask, desk).widen_check(ask, desk.signature)


def name_further(ask: ask_for.NameFurther, desk: Desk) -> None:
    """Made again to the superior."""
    _petition(ask, desk).name_further(ask, desk.signature)


def date_filing(ask: ask_for.DateFiling, desk: Desk) -> None:
    """By which days it is judged."""
    _petition(ask, desk).date_filing(ask, desk.signature)


def _petition(ask: ask_for.OnPetition, desk: Desk) -> Petition:
    return desk.open(Petition, ask.petition_id)


petition_id = attrgetter("petition_id")

HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.WidenCheck: Row(widen_check, petition_id),
    ask_for.NameFurther: Row(name_further, petition_id),
    ask_for.DateFiling: Row(date_filing, petition_id),
}
