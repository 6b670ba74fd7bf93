"""Acts on results that a later notice puts in doubt (xem lại kết quả)."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from domain.commands import review as ask_for
from domain.commands.base import Command
from domain.review_record import ReviewRecord
from domain.streams import review_stream
from services.casework.desk import Desk
from services.casework.handlers.row import Row


def ask_review(ask: ask_for.AskReview, desk: Desk) -> None:
    """Somebody is to look at a file that ended."""
    desk.record(ReviewRecord, _of(ask)).ask(ask, desk.signature)


def note_review(ask: ask_for.NoteReview, desk: Desk) -> None:
    """A head has looked: of the office answerable or its heir, or of one above."""
    record = desk.record(ReviewRecord, _of(ask))
    answering = {each for office in record.offices for each in desk.offices.in_place_of(office)}
    standing = (each for each in answering if desk.offices.stands(each))
    above = {
        superior.office_id
        for office in standing
        for superior in desk.directory.superiors_of(office, desk.on)
    }
    record.note(ask, desk.signature, within_reach=answering | above)


def _of(ask: ask_for.AskReview | ask_for.NoteReview) -> UUID:
    return review_stream(ask.subject)


HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.AskReview: Row(ask_review, _of),
    ask_for.NoteReview: Row(note_review, _of),
}
