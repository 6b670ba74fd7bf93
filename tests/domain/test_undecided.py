"""Old units of which a person must decide: why they wait, what is offered, how it ends."""

from datetime import date

from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.events import directory as facts
from domain.succession import sole_heir
from domain.undecided import Doubt, OpenQuestions, Why
from tests.domain.directory_facts import (
    AUGUST,
    CAM_LY,
    DISTRICT,
    LAND,
    NGHIA_PHUONG,
    OTHER_DISTRICT,
    PROVINCE,
    TWO_TIERS,
)
from tests.domain.noting import (
    DECIDED,
    GUESSED,
    LAST_DAY,
    NEW_CAM_LY,
    NEW_LUC_NAM,
    PART,
    WHOLE,
    Noting,
    reformed,
)

VOI = "07375-20250101"


def after(noting: Noting, *more: object) -> Directory:
    """Two districts and two communes of one of them are gone."""
    ended = (
        noting.seat_ended(LAND),
        *(noting.seat_ended(f"ubnd-{name}") for name in (CAM_LY, NGHIA_PHUONG, VOI)),
        *(noting.ended(name) for name in (CAM_LY, NGHIA_PHUONG, VOI)),
        *(noting.seat_ended(f"ubnd-{name}") for name in (DISTRICT, OTHER_DISTRICT)),
        *(noting.ended(name) for name in (DISTRICT, OTHER_DISTRICT)),
    )
    return reformed(*ended, *more)  # type: ignore[arg-type]


def doubts(directory: Directory, on: date = AUGUST) -> dict[str, Doubt]:
    return {each.unit.unit_id: each.doubt for each in OpenQuestions(directory, on).waiting()}


def offered(directory: Directory, unit_id: str) -> list[tuple[str, Why]]:
    questions = OpenQuestions(directory, AUGUST)
    choices = questions.choices(directory.units.of(unit_id)[-1])
    return [(choice.unit.unit_id, choice.why) for choice in choices]


def test_units_wait_for_as_many_reasons_as_there_are_and_sure_ones_do_not() -> None:
    noting = Noting()
    directory = after(
        noting,
        noting.succeeded(CAM_LY, NEW_CAM_LY, PART),
        noting.succeeded(CAM_LY, NEW_LUC_NAM, PART),
        noting.succeeded(NGHIA_PHUONG, NEW_CAM_LY, match=GUESSED),
    )
    found = doubts(directory)
    assert found[CAM_LY] is Doubt.SPLIT
    assert found[NGHIA_PHUONG] is Doubt.GUESSED
    assert found[VOI] is Doubt.UNPLACED
    assert doubts(directory, LAST_DAY) == {}


def test_a_pair_that_is_sure_leaves_nothing_to_decide() -> None:
    noting = Noting()
    assert CAM_LY not in doubts(after(noting, noting.succeeded(CAM_LY, NEW_CAM_LY)))


def test_a_level_that_is_gone_waits_for_who_does_its_work() -> None:
    noting = Noting()
    directory = after(
        noting,
        noting.seat_ended("ubnd-001-20250101"),
        noting(facts.UnitAbolished, "001-20250101", last_day=LAST_DAY, basis=""),
        noting.succeeded(CAM_LY, NEW_CAM_LY),
    )
    assert doubts(directory)[DISTRICT] is Doubt.LEVEL_GONE
    assert (NEW_CAM_LY, Why.BELOW) in offered(directory, DISTRICT)
    decided = noting(
        facts.OfficeSucceeded, f"ubnd-{DISTRICT}", successor=f"ubnd-{PROVINCE}", relation=WHOLE,
        match=DECIDED, valid_from=TWO_TIERS, basis="",
    )  # fmt: skip
    assert DISTRICT not in doubts(directory.with_facts([decided]))


def test_a_split_unit_waits_until_somebody_says_who_does_its_work() -> None:
    noting = Noting()
    directory = after(
        noting,
        noting.succeeded(CAM_LY, NEW_CAM_LY, PART),
        noting.succeeded(CAM_LY, NEW_LUC_NAM, PART),
    )
    assert offered(directory, CAM_LY)[:2] == [(NEW_CAM_LY, Why.LISTED), (NEW_LUC_NAM, Why.LISTED)]
    heir = noting(
        facts.OfficeSucceeded, f"ubnd-{CAM_LY}", successor=f"ubnd-{NEW_CAM_LY}", relation=WHOLE,
        match=DECIDED, valid_from=TWO_TIERS, basis="",
    )  # fmt: skip
    settled = directory.with_facts([heir])
    assert CAM_LY not in doubts(settled)
    assert sole_heir(settled.units, CAM_LY, AUGUST) is None


def test_a_guess_is_confirmed_or_overruled_by_a_decision_about_the_whole() -> None:
    for decided in (NEW_CAM_LY, NEW_LUC_NAM):
        noting = Noting()
        guess = noting.succeeded(CAM_LY, NEW_CAM_LY, match=GUESSED)
        directory = after(noting, guess)
        assert doubts(directory)[CAM_LY] is Doubt.GUESSED
        known = directory.with_facts([noting.succeeded(CAM_LY, decided, match=DECIDED)])
        assert sole_heir(known.units, CAM_LY, AUGUST) == decided
        assert CAM_LY not in doubts(known)


def test_a_withdrawn_guess_leaves_the_unit_unplaced() -> None:
    noting = Noting()
    guess = noting.succeeded(CAM_LY, NEW_CAM_LY, match=GUESSED)
    wrong = noting(facts.UnitFactWithdrawn, CAM_LY, withdrawn=guess.originator_version, basis="")
    assert doubts(after(noting, guess, wrong))[CAM_LY] is Doubt.UNPLACED


def test_neighbours_heirs_are_offered_for_a_unit_without_a_pair() -> None:
    noting = Noting()
    directory = after(noting, noting.succeeded(NGHIA_PHUONG, NEW_LUC_NAM))
    assert offered(directory, CAM_LY) == [(NEW_LUC_NAM, Why.BESIDE)]
    assert sole_heir(directory.units, CAM_LY, AUGUST) is None


def test_the_queue_is_read_in_pages_and_by_sort_and_place() -> None:
    noting = Noting()
    directory = after(noting)
    questions = OpenQuestions(directory, AUGUST)
    every = [each.unit.unit_id for each in questions.waiting()]
    assert every == sorted(every)
    assert [each.unit.unit_id for each in questions.waiting(after=every[0])] == every[1:]
    below = {each.unit.unit_id for each in questions.waiting(below=OTHER_DISTRICT)}
    assert below == {VOI, OTHER_DISTRICT} & set(every)
    assert {each.doubt for each in questions.waiting(doubt=Doubt.UNPLACED)} == {Doubt.UNPLACED}


def test_the_words_of_a_doubt_and_of_a_reason_never_change() -> None:
    assert [doubt.value for doubt in Doubt] == ["unplaced", "guessed", "split", "level_gone"]
    assert SuccessionMatch.DECIDED == DECIDED
    assert SuccessionRelation.WHOLE == WHOLE
