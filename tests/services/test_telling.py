"""A history as it stood at a moment is the beginning of its stream."""

from datetime import datetime, timedelta

import pytest

from domain.errors import NotFound
from domain.events.petition import CitizenGuided, PetitionClassified
from services.telling import Told, tell
from services.web.routes.replay import recorded_by
from tests.builders import CAM_LY, MORNING, PETITION, fact, in_order
from tests.domain.custody_facts import RECEIVED
from tests.scenario import Scenario, given

FAST = timedelta(hours=1)
"""By how much the clock of one API host is ahead."""


def recorded_on_two_hosts() -> Scenario:
    """The second fact by the host whose clock is ahead, the third ten minutes after the first."""
    minutes = timedelta(minutes=5), timedelta(minutes=10)
    return given(
        RECEIVED,
        fact(PetitionClassified, CAM_LY, at=MORNING + FAST + minutes[0]),
        fact(CitizenGuided, CAM_LY, at=MORNING + minutes[1]),
    )


def told_at(moment: datetime) -> Told:
    world = recorded_on_two_hosts()
    return tell(PETITION, world.store.read_stream(PETITION), until=moment)


@pytest.mark.parametrize(
    ("after", "facts"),
    [
        (timedelta(), 1),
        (timedelta(minutes=30), 1),
        (FAST + timedelta(minutes=5), 3),
        (FAST + timedelta(minutes=30), 3),
    ],
)
def test_a_history_ends_before_the_first_fact_recorded_after_the_moment(
    after: timedelta, facts: int
) -> None:
    told = told_at(MORNING + after)
    assert [fact.version for fact in told.facts] == list(range(1, facts + 1))
    assert told.state["version"] == facts


def test_before_its_first_fact_there_is_no_history() -> None:
    with pytest.raises(NotFound):
        told_at(MORNING - timedelta(seconds=1))


def test_a_page_of_a_past_day_ends_before_the_first_fact_recorded_after_it() -> None:
    """The host whose clock is ahead lives in tomorrow already."""
    tomorrow = timedelta(days=1)
    drafts = (
        RECEIVED,
        fact(PetitionClassified, CAM_LY, at=MORNING + tomorrow),
        fact(CitizenGuided, CAM_LY),
    )
    facts = in_order(*drafts)
    days = (MORNING - tomorrow, MORNING, MORNING + tomorrow)
    assert [recorded_by(facts, day.date()) for day in days] == [0, 1, 3]
