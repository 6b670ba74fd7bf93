"""Acts on the time a case takes (thời hạn giải quyết)."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Final

from domain.case import Case
from domain.commands import settlement as ask_for
from domain.commands.base import Command
from domain.law.engine import (
    extensions_allowed,
    may_be_suspended,
    settlement,
    suspension_grounds,
)
from services.casework.desk import Desk
from services.casework.handlers.row import Row


def mark_complex(ask: ask_for.MarkComplex, desk: Desk) -> None:
    """Note why it is complex."""
    _case(ask, desk).mark_complex(ask, desk.signature)


def unmark_complex(ask: ask_for.UnmarkComplex, desk: Desk) -> None:
    """Not complex after all."""
    _case(ask, desk).unmark_complex(desk.signature)


def mark_remote(ask: ask_for.MarkRemote, desk: Desk) -> None:
    """In a remote area."""
    _case(ask, desk).mark_remote(ask, desk.signature)


def unmark_remote(ask: ask_for.UnmarkRemote, desk: Desk) -> None:
    """Not in a remote area."""
    _case(ask, desk).unmark_remote(desk.signature)


def name_instance(ask: ask_for.NameInstance, desk: Desk) -> None:
    """First or second time."""
    _case(ask, desk).name_instance(ask, desk.signature)


def name_contested(ask: ask_for.NameContested, desk: Desk) -> None:
    """An act, or discipline."""
    _case(ask, desk).name_contested(ask, desk.signature)


def extend_settlement(ask: ask_for.ExtendSettlement, desk: Desk) -> None:
    """Extend the limit, as often as the rulebook of the decision's day lets it be."""
    case = _case(ask, desk)
    case.must_exist("vụ việc")
    timeline = case.timeline
    limit = settlement(timeline, desk.calendar, desk.law.book, desk.on)
    case.extend(
        ask,
        desk.signature,
        allowed=extensions_allowed(timeline, desk.law.book, ask.decided_on),
        due=None if limit is None else limit.due,
    )


def suspend_case(ask: ask_for.SuspendCase, desk: Desk) -> None:
    """Let it rest, if the law of the decision's day knows this."""
    case = _case(ask, desk)
    case.must_exist("vụ việc")
    asked = case.kind, case.opened_on, ask.decided_on, desk.law.book
    case.suspend(
        ask,
        desk.signature,
        lawful=may_be_suspended(*asked),
        grounds=suspension_grounds(*asked),
    )


def continue_case(ask: ask_for.ContinueCase, desk: Desk) -> None:
    """Go on."""
    _case(ask, desk).resume(ask, desk.signature)


def _case(ask: ask_for.OnCase, desk: Desk) -> Case:
    return desk.open(Case, ask.case_id)


case_id = attrgetter("case_id")

HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.MarkComplex: Row(mark_complex, case_id),
    ask_for.UnmarkComplex: Row(unmark_complex, case_id),
    ask_for.MarkRemote: Row(mark_remote, case_id),
    ask_for.UnmarkRemote: Row(unmark_remote, case_id),
    ask_for.NameInstance: Row(name_instance, case_id),
    ask_for.NameContested: Row(name_contested, case_id),
    ask_for.ExtendSettlement: Row(extend_settlement, case_id),
    ask_for.SuspendCase: Row(suspend_case, case_id),
    ask_for.ContinueCase: Row(continue_case, case_id),
}
