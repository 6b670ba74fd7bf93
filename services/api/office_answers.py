"""What is answered about an office: its past, its posts, where it receives citizens (cơ quan)."""

from datetime import date

from pydantic import BaseModel

from domain.chronicle import holding, stands
from domain.codes import Role
from domain.directory import Directory
from domain.posts import Posts, ReceptionPlace, StandIn, Tenure
from services.access import HEADS
from services.api.answers import OfficeAnswer
from services.units.answers import NoteAnswer


class OfficeHistory(BaseModel):
    """An office period by period, and the facts about it (lịch sử cơ quan)."""

    office_id: str
    version: int
    periods: list[OfficeAnswer]
    notes: list[NoteAnswer]

    @classmethod
    def of(cls, office_id: str, version: int, directory: Directory) -> "OfficeHistory":
        """From the directory."""
        notes = directory.offices.notes_of(office_id)
        kept = {note.version for note in holding(notes)}
        return cls(
            office_id=office_id,
            version=version,
            periods=[OfficeAnswer.of(period) for period in directory.offices.of(office_id)],
            notes=[NoteAnswer.of(note, kept) for note in notes],
        )


class TenureAnswer(BaseModel):
    """An account in a post, from a day on, perhaps until its last (giữ vị trí)."""

    account: str
    post: Role
    valid_from: date
    valid_until: date | None

    @classmethod
    def of(cls, held: Tenure) -> "TenureAnswer":
        """From the directory."""
        return cls.model_validate(held, from_attributes=True)


class StandInAnswer(BaseModel):
    """Who acts while another is absent, both days included (người làm thay)."""

    absent: str
    account: str
    post: Role
    valid_from: date
    valid_until: date

    @classmethod
    def of(cls, named: StandIn) -> "StandInAnswer":
        """From the directory."""
        return cls.model_validate(named, from_attributes=True)


class PostsAnswer(BaseModel):
    """The posts of an office on a day. ``head``: who acts as its head, a stand-in first of all."""

    head: list[str]
    held: list[TenureAnswer]
    stand_ins: list[StandInAnswer]

    @classmethod
    def of(cls, office_id: str, posts: Posts, on: date) -> "PostsAnswer":
        """From the directory."""
        heads = (who for post in sorted(HEADS) for who in posts.acting(office_id, post, on))
        held = [each for each in posts.tenures(office_id) if stands(each, on)]
        return cls(
            head=[*dict.fromkeys(heads)],
            held=[TenureAnswer.of(each) for each in held],
            stand_ins=[StandInAnswer.of(each) for each in posts.stand_ins(office_id, on)],
        )


class PlaceAnswer(BaseModel):
    """Where an office receives citizens (địa điểm tiếp công dân)."""

    place_id: str
    location: str
    valid_from: date
    valid_until: date | None

    @classmethod
    def of(cls, place: ReceptionPlace) -> "PlaceAnswer":
        """From the directory."""
        return cls.model_validate(place, from_attributes=True)
