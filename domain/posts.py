"""Who holds which post in which office, and who stands in (vị trí công tác, người làm thay).

Accounts are opaque ids. This says who must hand work on, never how anybody works.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from domain.chronicle import stands
from domain.codes import Role
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.directory import (
    PostFilled,
    PostLeft,
    ReceptionPlaceClosed,
    ReceptionPlaceOpened,
    StandInNamed,
)


@dataclass(frozen=True, slots=True)
class Tenure:
    """An account in a post of an office, for a period (thời gian giữ vị trí)."""

    office_id: str
    account: str
    post: Role
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who acts while another is absent (người làm thay)."""

    office_id: str
    absent: str
    account: str
    post: Role
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class ReceptionPlace:
    """Where an office receives citizens (địa điểm tiếp công dân)."""

    place_id: str
    location: str
    valid_from: date
    valid_until: date | None = None


class Posts:
    """The posts, stand-ins and reception places of all offices. Immutable: it grows copies."""

    __slots__ = ("_facts", "_places", "_seen", "_stand_ins", "_tenures", "newest_record")

    def __init__(self) -> None:
        self._tenures: dict[str, tuple[Tenure, ...]] = {}
        self._stand_ins: dict[str, tuple[StandIn, ...]] = {}
        self._places: dict[str, tuple[ReceptionPlace, ...]] = {}
        self._seen: frozenset[str] = frozenset()
        self._facts: tuple[OfficeEvent, ...] = ()
        self.newest_record = date.min

    def with_facts(self, facts: Iterable[OfficeEvent]) -> Self:
        """A copy grown by these facts, or itself when none of them is news."""
        fresh = [
            fact for fact in facts if isinstance(fact, KINDS) and fact.fact_id not in self._seen
        ]
        if not fresh:
            return self
        copy = type(self)()
        copy._tenures, copy._places = dict(self._tenures), dict(self._places)
        copy._stand_ins = dict(self._stand_ins)
        copy._seen = self._seen | {fact.fact_id for fact in fresh}
        copy._facts = (*self._facts, *fresh)
        copy.newest_record = max(self.newest_record, *(day_of(fact.timestamp) for fact in fresh))
        for fact in fresh:
            copy._take(fact)
        return copy

    def known_on(self, day: date) -> Self:
        """What was recorded up to the end of a day; itself when nothing came later."""
        if day >= self.newest_record:
            return self
        return type(self)().with_facts(
            fact for fact in self._facts if day_of(fact.timestamp) <= day
        )

    def _take(self, fact: OfficeEvent) -> None:
        """Into the dictionaries of a copy that nobody else has yet."""
        match fact:
            case PostFilled():
                held = Tenure(fact.office_id, fact.account, fact.post, fact.valid_from)
                self._tenures[fact.office_id] = (*self.tenures(fact.office_id), held)
            case PostLeft():
                known = self.tenures(fact.office_id)
                self._tenures[fact.office_id] = tuple(_left(held, fact) for held in known)
            case StandInNamed():
                named = StandIn(
                    fact.office_id, fact.absent, fact.stand_in, fact.post,
                    fact.valid_from, fact.last_day,
                )  # fmt: skip
                here = self._stand_ins.get(fact.office_id, ())
                self._stand_ins[fact.office_id] = (*here, named)
            case ReceptionPlaceOpened():
                place = ReceptionPlace(fact.place_id, fact.location, fact.valid_from)
                there = self._places.get(fact.office_id, ())
                self._places[fact.office_id] = (*there, place)
            case ReceptionPlaceClosed():
                there = self._places.get(fact.office_id, ())
                self._places[fact.office_id] = tuple(_closed(each, fact) for each in there)

    def holders(self, office_id: str, post: Role, on: date) -> tuple[str, ...]:
        """The accounts in a post on a day, in the order they came."""
        held = self._tenures.get(office_id, ())
        return tuple(each.account for each in held if each.post is post and stands(each, on))

    def posts_of(self, account: str, office_id: str, on: date) -> tuple[Role, ...]:
        """The posts an account holds in an office on a day."""
        held = self._tenures.get(office_id, ())
        return tuple(each.post for each in held if each.account == account and stands(each, on))

    def acting(self, office_id: str, post: Role, on: date) -> tuple[str, ...]:
        """Who acts in a post on a day: holders, an absent one replaced by the stand-in."""
        here = self._stand_ins.get(office_id, ())
        standing = {
            each.absent: each.account for each in here if each.post is post and stands(each, on)
        }
        acting = (standing.get(account, account) for account in self.holders(office_id, post, on))
        return tuple(dict.fromkeys(acting))

    def has_left(self, account: str, office_id: str, on: date) -> bool:
        """Whether an account that held a post here holds none any more.

        An account that was never entered is no leaver: not every office keeps a list.
        """
        mine = [held for held in self._tenures.get(office_id, ()) if held.account == account]
        return bool(mine) and not any(held.valid_until is None or on <= held.valid_until
                                      for held in mine)  # fmt: skip

    def leavers(self, office_id: str, on: date) -> tuple[Tenure, ...]:
        """The last tenure of each account that left an office before a day."""
        last: dict[str, Tenure] = {}
        for held in self._tenures.get(office_id, ()):
            if self.has_left(held.account, office_id, on):
                known = last.get(held.account, held)
                last[held.account] = max(known, held, key=_ended)
        return tuple(last.values())

    def stand_ins(self, office_id: str, on: date) -> tuple[StandIn, ...]:
        """Who stands in for whom on a day, in whatever post."""
        return tuple(each for each in self._stand_ins.get(office_id, ()) if stands(each, on))

    def may_leave(self, account: str, office_id: str, post: Role, last_day: date) -> bool:
        """Whether a post held on a day may still be left with it."""
        return any(
            (held.account, held.post) == (account, post) and goes_on(held, last_day)
            for held in self.tenures(office_id)
        )

    def tenures(self, office_id: str) -> tuple[Tenure, ...]:
        """Every tenure in an office, in the order they were entered."""
        return self._tenures.get(office_id, ())

    def reception_places(self, office_id: str, on: date) -> tuple[ReceptionPlace, ...]:
        """Where an office receives citizens on a day."""
        return tuple(place for place in self._places.get(office_id, ()) if stands(place, on))


KINDS = (PostFilled, PostLeft, StandInNamed, ReceptionPlaceOpened, ReceptionPlaceClosed)


def goes_on(held: Tenure | ReceptionPlace, last_day: date) -> bool:
    """Whether it stood on a day and no last day of it is known: that day may be its last."""
    return held.valid_until is None and stands(held, last_day)


def _left(held: Tenure, fact: PostLeft) -> Tenure:
    """Only what stood on that day ends with it: the holder may be back in the post since."""
    mine = (held.account, held.post) == (fact.account, fact.post)
    return (
        replace(held, valid_until=fact.last_day) if mine and goes_on(held, fact.last_day) else held
    )


def _closed(place: ReceptionPlace, fact: ReceptionPlaceClosed) -> ReceptionPlace:
    """Only what was open on that day: the place may be open anew since."""
    if place.place_id != fact.place_id or not goes_on(place, fact.last_day):
        return place
    return replace(place, valid_until=fact.last_day)


def _ended(held: Tenure) -> date:
    return held.valid_until or date.max
