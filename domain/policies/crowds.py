"""A crowd that its chair has not received (đoàn chưa được tiếp)."""

from collections.abc import Iterator

from domain.days import day_of
from domain.events.reminder import CrowdNotReceivedReminded
from domain.policies.known import Known
from domain.policies.waiting import MOST_RUNGS, Waiting
from domain.policies.watched import CrowdFile


def of_crowd(file: CrowdFile, known: Known) -> Iterator[Waiting]:
    """An hour after the report, and each hour later one rung up."""
    crowd, reported = file.gathering, file.reported
    step = known.pace_on(day_of(reported.timestamp)).receive_crowd
    for rung in range(MOST_RUNGS):
        yield Waiting(
            CrowdNotReceivedReminded,
            crowd.id,
            reported.timestamp + step * (rung + 1),
            crowd.must_receive,
            crowd.must_receive,
            reported,
            {"rung": rung},
            rung=rung,
        )
