"""Story 7: people of a commune in Hanoi, and the ladder over unit borders, before and after.

Who must receive them and bring them home is asked of the office tree of the day; what nobody
does climbs up at home, not where they stand: before the reform by the district, after it
straight to the province.
"""

from datetime import date, timedelta

import pytest

from domain.codes import Site
from domain.directory import Directory
from domain.events import gathering, return_mission
from domain.events import reminder as say
from domain.policies.escalation import crowd_ladder
from tests.builders import BAC_GIANG, CAM_LY, GATHERING, HANOI, LUC_NAM, Draft, fact, unit_of
from tests.domain.after_the_reform import NEW_CAM_LY, REFORMED, reform
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.domain.noting import Noting
from tests.services.reminding import Watch, moment, reminded

MAY, AUGUST = date(2025, 5, 5), date(2025, 8, 11)
WEEK = timedelta(days=7)


def story(on: date) -> tuple[Watch, Directory, str, tuple[str, ...]]:
    """A world, its offices, the commune of that day and the ladder from it up to the province."""
    watch = Watch()
    watch.clock.at = moment(on)
    if on == MAY:
        return watch, LITTLE_COUNTRY, CAM_LY, (CAM_LY, LUC_NAM, BAC_GIANG)
    watch.store.append(reform(Noting()))
    return watch, REFORMED, NEW_CAM_LY, (NEW_CAM_LY, BAC_GIANG)


def crowd_away(directory: Directory, commune: str, on: date) -> tuple[Draft, str]:
    """People of the commune before an office in Hanoi; and who must see to them."""
    home = directory.get_unit(unit_of(commune), on)
    ladder = crowd_ladder(home, Site.HANOI, home, directory, on)
    reported = fact(
        gathering.GatheringReported, HANOI, site=Site.HANOI, home=home.unit_id,
        must_receive=ladder.must_receive, must_come=ladder.must_come,
    )  # fmt: skip
    return reported, ladder.must_receive


def told(watch: Watch) -> list[tuple[str, str]]:
    """What was told to whom, in order."""
    return [(each.TOPIC.partition(".")[2], each.to_office) for each in watch.reminders()]


@pytest.mark.parametrize("on", [MAY, AUGUST])
def test_a_crowd_in_hanoi_is_its_home_levels_matter(on: date) -> None:
    watch, directory, commune, line = story(on)
    reported, leads = crowd_away(directory, commune, on)
    assert leads == line[-2], "the highest below the province leads"
    watch.given(reported).at(moment(on, 11))
    assert told(watch) == [("crowd_not_received", leads), ("crowd_not_received", BAC_GIANG)]
    assert set(watch.on_lists()) == {leads, BAC_GIANG}
    watch.given(fact(gathering.CrowdReceived, leads)).at(moment(on, 12))
    assert watch.on_lists() == {}
    assert len(told(watch)) == 2, "what was told stays told"


@pytest.mark.parametrize("on", [MAY, AUGUST])
def test_a_reception_promised_at_home_climbs_the_ladder_of_that_day(on: date) -> None:
    watch, _, commune, line = story(on)
    promised = on + WEEK
    watch.given(
        fact(return_mission.ReturnRequested, HANOI, gathering_id=GATHERING, site=Site.HANOI,
             home=unit_of(commune), home_office=commune),
        fact(return_mission.ReturnFollowUpScheduled, commune, on=promised, host_office=commune),
        fact(return_mission.ReturnMissionClosed, commune),
    )  # fmt: skip
    watch.at(promised).then(
        reminded(say.FollowUpDueReminded, commune, to_office=commune, due=promised)
    )
    watch.at(promised + 3 * WEEK).then(
        *(
            reminded(say.FollowUpNotHeldReminded, commune, to_office=office, rung=rung)
            for rung, office in enumerate(line)
        )
    )
    assert set(watch.on_lists()) == set(line)
    fell = [each.occurred_at for each in watch.reminders()]
    assert fell == sorted(fell), "however long the scheduler was down"
    held = fact(return_mission.ReturnFollowUpHeld, commune, held_on=promised + 3 * WEEK)
    assert watch.given(held).at(promised + 4 * WEEK).then().on_lists() == {}


def test_a_promise_made_before_the_reform_is_the_heirs_and_the_provinces_after_it() -> None:
    watch, _, commune, _ = story(MAY)
    watch.store.append(reform(Noting()))
    watch.clock.at = moment(date(2025, 6, 23))
    promised = date(2025, 6, 26)
    watch.given(
        fact(return_mission.ReturnRequested, LUC_NAM, home_office=commune),
        fact(return_mission.ReturnFollowUpScheduled, commune, on=promised, host_office=commune),
    )
    watch.at(date(2025, 6, 27))
    assert set(watch.on_lists()) == {CAM_LY}
    watch.at(date(2025, 7, 14))
    assert set(watch.on_lists()) == {NEW_CAM_LY, BAC_GIANG}
    assert LUC_NAM not in {each.to_office for each in watch.reminders()}
