"""Who holds a post on a day, who stands in, who left and must hand on."""

from datetime import date, timedelta
from typing import Any

from domain.codes import Role
from domain.directory import Directory
from domain.events import directory as facts
from tests.builders import CAM_LY, fact, in_order

FEBRUARY, JUNE, LAST_DAY = date(2025, 2, 1), date(2025, 6, 15), date(2025, 6, 30)
AFTER = date(2025, 7, 1)


def filled(account: str, since: date = FEBRUARY, post: Role = Role.CLERK) -> Any:
    return fact(facts.PostFilled, CAM_LY, account=account, post=post, valid_from=since)


def left(account: str, last: date = LAST_DAY, post: Role = Role.CLERK) -> Any:
    return fact(facts.PostLeft, CAM_LY, account=account, post=post, last_day=last)


def told(*drafts: Any) -> Directory:
    return Directory.of(in_order(*drafts))


def test_a_post_is_held_from_the_first_day_to_the_last() -> None:
    posts = told(filled("one"), left("one"), filled("two", AFTER)).posts
    assert posts.holders(CAM_LY, Role.CLERK, date(2025, 1, 31)) == ()
    assert posts.holders(CAM_LY, Role.CLERK, LAST_DAY) == ("one",)
    assert posts.holders(CAM_LY, Role.CLERK, AFTER) == ("two",)


def test_a_stand_in_acts_while_the_holder_is_absent_and_no_longer() -> None:
    posts = told(filled("one"), filled("two"), fact(
        facts.StandInNamed, CAM_LY, absent="one", stand_in="three", post=Role.CLERK,
        valid_from=JUNE, last_day=JUNE,
    )).posts  # fmt: skip
    assert posts.acting(CAM_LY, Role.CLERK, JUNE) == ("three", "two")
    assert posts.acting(CAM_LY, Role.CLERK, LAST_DAY) == ("one", "two")


def test_whoever_holds_no_post_any_more_is_a_leaver_and_a_stranger_is_none() -> None:
    posts = told(filled("one"), filled("two"), left("one"), left("two"), filled("two", AFTER)).posts
    assert [each.account for each in posts.leavers(CAM_LY, AFTER)] == ["one"]
    assert not posts.has_left("one", CAM_LY, LAST_DAY)
    assert not posts.has_left("never entered", CAM_LY, AFTER)


def test_who_came_back_holds_the_post_whatever_is_told_again_of_the_time_before() -> None:
    earlier = date(2025, 2, 28)
    once = (filled("one"), left("one", earlier), filled("one", AFTER))
    for again in (left("one", earlier), left("one", FEBRUARY), left("one", LAST_DAY)):
        posts = told(*once, again).posts
        assert [(each.valid_from, each.valid_until) for each in posts.tenures(CAM_LY)] == [
            (FEBRUARY, earlier), (AFTER, None),
        ]  # fmt: skip
        assert not posts.has_left("one", CAM_LY, AFTER)
        assert posts.leavers(CAM_LY, AFTER) == ()


def test_the_last_tenure_of_a_leaver_is_the_latest_not_the_last_entered() -> None:
    posts = told(
        filled("one", JUNE), left("one"), filled("one"), left("one", date(2025, 2, 28))
    ).posts
    (gone,) = posts.leavers(CAM_LY, AFTER)
    assert (gone.valid_from, gone.valid_until) == (JUNE, LAST_DAY)


def test_of_two_posts_one_left_is_not_the_office_left() -> None:
    posts = told(filled("one"), filled("one", post=Role.HANDLER), left("one")).posts
    assert posts.posts_of("one", CAM_LY, AFTER) == (Role.HANDLER,)
    assert posts.leavers(CAM_LY, AFTER) == ()


def test_citizens_are_received_where_a_place_is_open() -> None:
    posts = told(
        fact(facts.ReceptionPlaceOpened, CAM_LY, place_id="a", location="Trụ sở", valid_from=JUNE),
        fact(facts.ReceptionPlaceOpened, CAM_LY, place_id="b", location="Thôn", valid_from=JUNE),
        fact(facts.ReceptionPlaceClosed, CAM_LY, place_id="a", last_day=LAST_DAY),
    ).posts
    assert [each.place_id for each in posts.reception_places(CAM_LY, LAST_DAY)] == ["a", "b"]
    assert [each.place_id for each in posts.reception_places(CAM_LY, AFTER)] == ["b"]


def test_a_place_opened_again_stays_open_whatever_is_told_again_of_its_first_time() -> None:
    opened: dict[str, Any] = {"place_id": "a", "location": "Trụ sở"}
    closed = fact(facts.ReceptionPlaceClosed, CAM_LY, place_id="a", last_day=JUNE)
    posts = told(
        fact(facts.ReceptionPlaceOpened, CAM_LY, **opened, valid_from=FEBRUARY), closed,
        fact(facts.ReceptionPlaceOpened, CAM_LY, **opened, valid_from=AFTER), closed,
    ).posts  # fmt: skip
    assert [each.valid_from for each in posts.reception_places(CAM_LY, AFTER)] == [AFTER]
    assert [each.valid_until for each in posts.reception_places(CAM_LY, JUNE)] == [JUNE]


def test_facts_about_posts_leave_the_tree_as_it_was() -> None:
    before = told(filled("one"))
    after = before.with_facts(in_order(filled("one"), filled("two")))
    assert after.units is before.units
    assert before.posts.holders(CAM_LY, Role.CLERK, JUNE) == ("one",)
    assert after.posts.holders(CAM_LY, Role.CLERK, JUNE) == ("one", "two")


def test_what_was_not_recorded_yet_was_not_known_of_posts_either() -> None:
    directory = told(filled("one"))
    recorded = directory.posts.newest_record
    assert directory.known_on(recorded) is directory
    early = directory.known_on(recorded - timedelta(days=1))
    assert early.posts.holders(CAM_LY, Role.CLERK, JUNE) == ()
    assert early.posts.tenures(CAM_LY) == ()
