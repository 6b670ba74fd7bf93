"""Acts on a gathering (đoàn đông người)."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Final

from domain.case import Case
from domain.commands import gathering as ask_for
from domain.commands.base import Command
from domain.gathering import Gathering
from domain.policies.escalation import crowd_ladder, most_to_speak
from services.casework.desk import Desk
from services.casework.handlers.row import Row


def report_gathering(ask: ask_for.ReportGathering, desk: Desk) -> None:
    """Say where a crowd stands; the ladder of that day says who must receive and come."""
    gathering = desk.begin(Gathering, ask.gathering_id)
    if ask.case_id is not None:
        desk.named(Case, ask.case_id)
    place, home = desk.unit(ask.place, "/place"), desk.unit(ask.home, "/home")
    gathering.report(
        ask,
        desk.signature,
        place=place.unit_id,
        home=home.unit_id,
        ladder=crowd_ladder(place, ask.site, home, desk.directory, desk.on),
        texts=desk.texts,
    )


def revise_gathering_count(ask: ask_for.ReviseGatheringCount, desk: Desk) -> None:
    """Count again."""
    gathering = desk.open(Gathering, ask.gathering_id)
    gathering.revise_count(ask, desk.signature, told=told_of(gathering, desk))


def acknowledge_gathering(ask: ask_for.AcknowledgeGathering, desk: Desk) -> None:
    """Confirm that the office knows."""
    gathering = desk.open(Gathering, ask.gathering_id)
    gathering.acknowledge(desk.signature, told=told_of(gathering, desk))


def receive_crowd(ask: ask_for.ReceiveCrowd, desk: Desk) -> None:
    """Receive its representatives."""
    gathering = desk.open(Gathering, ask.gathering_id)
    most = most_to_speak(gathering.count.high, desk.law.book, desk.on)
    gathering.receive(ask, desk.signature, most=most, texts=desk.texts)


def disperse_gathering(ask: ask_for.DisperseGathering, desk: Desk) -> None:
    """Say that the people have gone."""
    gathering = desk.open(Gathering, ask.gathering_id)
    gathering.disperse(desk.signature, told=told_of(gathering, desk))


def told_of(gathering: Gathering, desk: Desk) -> frozenset[str]:
    """The offices that know of it, as the office tree stands on the day of the act."""
    return gathering.offices_told(desk.directory, desk.on)


gathering_id = attrgetter("gathering_id")

HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.ReportGathering: Row(report_gathering, gathering_id),
    ask_for.ReviseGatheringCount: Row(revise_gathering_count, gathering_id),
    ask_for.AcknowledgeGathering: Row(acknowledge_gathering, gathering_id),
    ask_for.ReceiveCrowd: Row(receive_crowd, gathering_id),
    ask_for.DisperseGathering: Row(disperse_gathering, gathering_id),
}
