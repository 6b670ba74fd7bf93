"""Acts on a petition (đơn)."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import Final

from domain.commands import petition as ask_for
from domain.commands.base import Command
from domain.competence import judge_between, stands_within_reach
from domain.law.limits import offer_limit
from domain.petition import Petition
from domain.refusals.petition import NoLimitToAnswer
from domain.units import Office
from services.casework.desk import Desk
from services.casework.handlers.row import Row


def receive_petition(ask: ask_for.ReceivePetition, desk: Desk) -> None:
    """Take it in at the officer's office, with the next number of its book."""
    petition = desk.begin(Petition, ask.petition_id)
    petition.receive(
        ask,
        desk.signature,
        place=desk.unit(ask.place, "/place").unit_id,
        accused=desk.office_id(ask.accused_office, "/accused_office"),
        number=desk.next_number("petition"),
        texts=desk.texts,
    )


def classify_petition(ask: ask_for.ClassifyPetition, desk: Desk) -> None:
    """Sort it; an earlier petition it repeats must exist."""
    petition = desk.open(Petition, ask.petition_id)
    if ask.repeat_of is not None:
        desk.named(Petition, ask.repeat_of)
    accused = desk.office_id(ask.accused_office, "/accused_office")
    petition.classify(
        ask,
        desk.signature,
        competent=desk.office(ask.competent_office, "/competent_office").office_id,
        accused=accused,
        other_judge=None if accused is None else judge_instead_of(accused, petition, desk),
    )


def judge_instead_of(accused: str, petition: Petition, desk: Desk) -> Office | None:
    """Who judges a dispute once its judge turns out to be the office complained of."""
    barred = desk.offices.in_place_of(accused)
    if petition.judge not in barred:
        return None
    disowned = petition.disowned_by(petition.in_charge)
    return judge_between(disowned, desk.directory, desk.on, barred=barred)


def guide_citizen(ask: ask_for.GuideCitizen, desk: Desk) -> None:
    """Tell the citizen where to go."""
    petition = desk.open(Petition, ask.petition_id)
    competent = desk.office_id(ask.competent_office, "/competent_office")
    petition.guide(ask, desk.signature, competent=competent, texts=desk.texts)


def transfer_petition(ask: ask_for.TransferPetition, desk: Desk) -> None:
    """Offer it to another office, to be answered as the rulebook has it unless said otherwise."""
    petition = desk.open(Petition, ask.petition_id)
    to = desk.office(ask.to_office, "/to_office")
    petition.transfer(
        ask,
        desk.signature,
        to=to,
        reply_due=ask.reply_due or _answer_by(petition, to, desk),
        texts=desk.texts,
    )


def _answer_by(petition: Petition, to: Office, desk: Desk) -> date:
    """The day by the law that is followed. Refuses: :class:`NoLimitToAnswer`."""
    theirs = desk.law.calendar_of(to.office_id, to.unit)
    limit = offer_limit(petition.kind, desk.on, theirs, desk.law.book)
    if limit is None:
        raise NoLimitToAnswer(
            f"Ngày {desk.on:%d/%m/%Y} bộ quy tắc không có thời hạn nhận đơn.",
            pointer="/reply_due",
            mend="Nhập ngày phải trả lời.",
        )
    return limit.due


def accept_petition(ask: ask_for.AcceptPetition, desk: Desk) -> None:
    """Take over what was offered."""
    desk.open(Petition, ask.petition_id).accept(desk.signature)


def return_petition(ask: ask_for.ReturnPetition, desk: Desk) -> None:
    """Give it back; name who must judge if it bounces for the second time."""
    petition = desk.open(Petition, ask.petition_id)
    disowned = petition.disowned_by(desk.officer.office)
    judge = judge_between(disowned, desk.directory, desk.on, barred=petition.barred)
    petition.give_back(ask, desk.signature, judge=judge, texts=desk.texts)


def recall_petition(ask: ask_for.RecallPetition, desk: Desk) -> None:
    """Take an offer back."""
    desk.open(Petition, ask.petition_id).recall(desk.signature)


def decide_competence(ask: ask_for.DecideCompetence, desk: Desk) -> None:
    """Name the office answerable."""
    petition = desk.open(Petition, ask.petition_id)
    named = desk.office(ask.to_office, "/to_office")
    below = stands_within_reach(desk.officer.office, named.office_id, desk.directory, desk.on)
    disowned = petition.disowned_by(petition.in_charge)
    disputed = named.office_id in desk.offices.present(disowned)
    petition.decide_competence(
        desk.signature, to=named, within_reach=below or disputed, texts=desk.texts
    )


petition_id = attrgetter("petition_id")

HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.ReceivePetition: Row(receive_petition, petition_id, book="petition"),
    ask_for.ClassifyPetition: Row(classify_petition, petition_id),
    ask_for.GuideCitizen: Row(guide_citizen, petition_id),
    ask_for.TransferPetition: Row(transfer_petition, petition_id),
    ask_for.AcceptPetition: Row(accept_petition, petition_id),
    ask_for.ReturnPetition: Row(return_petition, petition_id),
    ask_for.RecallPetition: Row(recall_petition, petition_id),
    ask_for.DecideCompetence: Row(decide_competence, petition_id),
}
