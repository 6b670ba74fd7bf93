"""Bodies of acts on a gathering (đoàn đông người) and a return mission (hỗ trợ về)."""

from typing import Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from domain.codes import Field as Subject
from domain.codes import Site
from domain.values import CountRange
from services.api.bodies.base import Act, Count, Day, Flag, Part, Ref, Text, Texts


class Crowd(Part):
    """A rough number of people (khoảng số người)."""

    low: Count
    high: Count

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """``low`` is not above ``high``."""
        if self.low > self.high:
            raise PydanticCustomError("count_order", "low is above high")
        return self

    def value(self) -> CountRange:
        """The range as the field knows it."""
        return CountRange(self.low, self.high)


class GatheringTexts(Texts):
    """What they ask for and where exactly they stand."""

    issue: Text | None = None
    place_detail: Text | None = None


class ResultTexts(Texts):
    """What came of it."""

    result: Text | None = None


class GatheringReport(Act):
    """A crowd stands somewhere (báo có đoàn). ``home``: the unit the people came from."""

    place: Ref
    site: Site
    home: Ref
    count: Crowd
    issue: Subject
    case_id: UUID | None = None
    texts: GatheringTexts = GatheringTexts()


class CountRevision(Act):
    """Counted again (đếm lại)."""

    count: Crowd


class CrowdReception(Act):
    """A leader received the crowd's representatives (tiếp đoàn)."""

    in_person: Flag
    representatives: Count
    texts: ResultTexts = ResultTexts()


class ReturnRequest(Act):
    """How many people of a gathering to help home (đề nghị đưa về)."""

    gathering_id: UUID
    people: Count


class LeadName(Act):
    """The account of whoever leads (cử người phụ trách)."""

    lead: Ref


class Dispatch(Act):
    """Officers and vehicles sent (cử cán bộ, bố trí xe)."""

    officers: Count
    vehicles: Count


class Headcount(Act):
    """A count of people; never who they are."""

    people: Count


class Arrival(Act):
    """How many arrived, and whether somebody needs care (về đến nơi)."""

    people: Count
    needs_care: Flag = False


class HandOverTo(Act):
    """The account of the officer at home (bàn giao)."""

    receiving_officer: Ref


class FollowUp(Act):
    """The day of the reception at home (hẹn tiếp)."""

    on: Day


class FollowUpHeld(Act):
    """The day on which the reception at home was held (đã tiếp tại địa phương)."""

    held_on: Day
