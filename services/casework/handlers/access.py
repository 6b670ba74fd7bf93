"""Readings that must be on record before anything is shown (truy cập)."""

from collections.abc import Iterable, Mapping
from typing import Final

from domain.commands import access as ask_for
from domain.commands.base import Command
from domain.errors import NotFound
from domain.events.base import OfficeEvent
from domain.streams import access_stream
from domain.values import TextRef
from services import sight
from services.casework.desk import Desk
from services.casework.handlers.row import Row
from services.circles import circle_of


def open_text(ask: ask_for.OpenText, desk: Desk) -> None:
    """Record the opening of a text that a fact of this subject names."""
    dossier, facts = desk.anything(ask.subject)
    circle = circle_of(dossier, desk.directory, desk.on)
    sight.check_text(ask, desk.officer, circle, desk.directory, desk.on)
    if not any((ref.entry, ref.field) == (ask.entry, ask.field) for ref in _texts_of(facts)):
        raise NotFound("Không tìm thấy nội dung này trong hồ sơ.")
    desk.access_log(ask.subject).open_text(ask, desk.signature)


def replay_history(ask: ask_for.ReplayHistory, desk: Desk) -> None:
    """Record the replay of a history."""
    dossier, _ = desk.anything(ask.subject)
    circle = circle_of(dossier, desk.directory, desk.on)
    sight.must_see(desk.officer, circle, desk.directory, desk.on)
    desk.access_log(ask.subject).replay_history(ask, desk.signature)


def _texts_of(facts: Iterable[OfficeEvent]) -> Iterable[TextRef]:
    return (ref for fact in facts for ref in getattr(fact, "texts", ()))


HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.OpenText: Row(open_text, lambda ask: access_stream(ask.subject), counts_only=True),
    ask_for.ReplayHistory: Row(
        replay_history, lambda ask: access_stream(ask.subject), counts_only=True
    ),
}
