"""Acts of a return mission (hỗ trợ công dân về)."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Final

from domain.commands import return_mission as ask_for
from domain.commands.base import Command
from domain.gathering import Gathering
from domain.return_mission import ReturnMission
from services.casework.desk import Desk
from services.casework.handlers.gathering import told_of
from services.casework.handlers.row import Row


def request_return(ask: ask_for.RequestReturn, desk: Desk) -> None:
    """Ask the home unit of a gathering for help."""
    mission = desk.begin(ReturnMission, ask.mission_id)
    gathering = desk.open(Gathering, ask.gathering_id)
    told = told_of(gathering, desk)
    home = home_committee(gathering, desk)
    mission.request(ask, desk.signature, gathering=gathering, home_office=home, told=told)


def home_committee(gathering: Gathering, desk: Desk) -> str:
    """The committee of the unit its people came from, or who answers in its place."""
    standing = desk.directory.find_office(gathering.home, desk.on)
    if standing is not None:
        return standing.office_id
    last = desk.directory.units.of(gathering.home)[-1:]
    day = last[0].valid_until if last else None
    former = desk.directory.committee_of(gathering.home, day or desk.on)
    home = desk.offices.home_of(former.office_id)
    return former.office_id if home is None else home.office.office_id


def name_return_lead(ask: ask_for.NameReturnLead, desk: Desk) -> None:
    """Name who leads, as the home office or an office above it."""
    mission = desk.open(ReturnMission, ask.mission_id)
    above = desk.directory.superiors_of(mission.home_office, desk.on)
    may_lead = (mission.home_office, *(office.office_id for office in above))
    mission.name_lead(ask, desk.signature, may_lead=may_lead)


def dispatch_return_officer(ask: ask_for.DispatchReturnOfficer, desk: Desk) -> None:
    """Send officers and a vehicle."""
    desk.open(ReturnMission, ask.mission_id).dispatch(ask, desk.signature)


def offer_return(ask: ask_for.OfferReturn, desk: Desk) -> None:
    """Offer the help."""
    desk.open(ReturnMission, ask.mission_id).offer(ask, desk.signature)


def record_consent(ask: ask_for.RecordConsent, desk: Desk) -> None:
    """Count those who accept."""
    desk.open(ReturnMission, ask.mission_id).consent(ask, desk.signature)


def record_decline(ask: ask_for.RecordDecline, desk: Desk) -> None:
    """Count those who stay."""
    desk.open(ReturnMission, ask.mission_id).decline(ask, desk.signature)


def depart_for_home(ask: ask_for.DepartForHome, desk: Desk) -> None:
    """Leave with those who wished to."""
    desk.open(ReturnMission, ask.mission_id).depart(ask, desk.signature)


def arrive_home(ask: ask_for.ArriveHome, desk: Desk) -> None:
    """Arrive at home."""
    desk.open(ReturnMission, ask.mission_id).arrive(ask, desk.signature)


def hand_over(ask: ask_for.HandOver, desk: Desk) -> None:
    """Hand over to an officer at home."""
    desk.open(ReturnMission, ask.mission_id).hand_over(ask, desk.signature)


def schedule_follow_up(ask: ask_for.ScheduleFollowUp, desk: Desk) -> None:
    """Set the day of the reception at home."""
    desk.open(ReturnMission, ask.mission_id).schedule_follow_up(ask, desk.signature)


def hold_follow_up(ask: ask_for.HoldFollowUp, desk: Desk) -> None:
    """Say that the reception at home was held."""
    desk.open(ReturnMission, ask.mission_id).hold_follow_up(ask, desk.signature)


def close_return_mission(ask: ask_for.CloseReturnMission, desk: Desk) -> None:
    """End it."""
    desk.open(ReturnMission, ask.mission_id).close(desk.signature)


mission_id = attrgetter("mission_id")

HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.RequestReturn: Row(request_return, mission_id),
    ask_for.NameReturnLead: Row(name_return_lead, mission_id),
    ask_for.DispatchReturnOfficer: Row(dispatch_return_officer, mission_id),
    ask_for.OfferReturn: Row(offer_return, mission_id),
    ask_for.RecordConsent: Row(record_consent, mission_id),
    ask_for.RecordDecline: Row(record_decline, mission_id),
    ask_for.DepartForHome: Row(depart_for_home, mission_id),
    ask_for.ArriveHome: Row(arrive_home, mission_id),
    ask_for.HandOver: Row(hand_over, mission_id),
    ask_for.ScheduleFollowUp: Row(schedule_follow_up, mission_id),
    ask_for.HoldFollowUp: Row(hold_follow_up, mission_id),
    ask_for.CloseReturnMission: Row(close_return_mission, mission_id),
}
