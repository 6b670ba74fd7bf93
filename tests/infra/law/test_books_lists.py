"""What the carried books say besides limits: crowds, duties, competence, lists, documents."""

from datetime import date
from typing import TypeVar

import pytest

from domain.codes import ClosureReason, ComplexGround, PetitionKind, SuspensionGround
from domain.law.provisions import Choice, Competence, Document, Duty, Provision, Threshold
from domain.law.terms import Act, Condition, Matter, Official, Question, Topic
from domain.law.wording import says
from tests.infra.law.carried import (
    AMENDED,
    BOOK,
    BOUNDARIES,
    DATA_LAW,
    KN,
    ONE_DAY,
    RECEPTION,
    REPORTS,
    TC,
    TWO_TIERS,
)

P = TypeVar("P", bound=Provision)


def held(sort: type[P], day: date) -> list[P]:
    """What the carried books say of one sort on a day."""
    return [each for each in BOOK.holding_on(day) if isinstance(each, sort)]


def test_five_people_are_a_crowd_under_every_regime() -> None:
    for day in (RECEPTION, *BOUNDARIES):
        crowds = (each for each in held(Threshold, day) if each.rule_id == "crowd")
        assert [each.people for each in crowds] == [5]
    many = (each for each in held(Threshold, date(2021, 11, 15)))
    assert {each.rule_id: each.people for each in many}["signatories.many"] == 5
    thresholds = {each.rule_id for each in BOOK.provisions if isinstance(each, Threshold)}
    assert thresholds == {"crowd", "signatories.many"}


@pytest.mark.parametrize(("people", "most"), [(4, None), (5, 2), (10, 2), (11, 5), (3000, 5)])
def test_five_to_ten_send_two_at_most_and_more_than_ten_send_five(
    people: int, most: int | None
) -> None:
    for day in (RECEPTION, *BOUNDARIES):
        rule = BOOK.representatives_for(people, day)
        assert (None if rule is None else (rule.at_least, rule.at_most)) == (
            None if most is None else (1, most)
        )


def duties(day: date) -> dict[Official, str]:
    received = (duty for duty in held(Duty, day) if duty.act is Act.RECEIVE)
    return {duty.official: says(duty) for duty in received}


def meetings(day: date) -> list[Duty]:
    return [duty for duty in held(Duty, day) if duty.act is Act.MEET]


def test_who_receives_in_person_and_how_often_changes_with_the_levels_and_the_law() -> None:
    month, two, week = (
        "ít nhất 1 lần mỗi tháng",
        "ít nhất 2 lần mỗi tháng",
        "ít nhất 1 lần mỗi tuần",
    )
    for day in BOUNDARIES:
        told = duties(day)
        assert told[Official.PROVINCE_CHAIR] == told[Official.AGENCY_HEAD] == month
        assert told.get(Official.DISTRICT_CHAIR) == (two if day < TWO_TIERS else None)
        assert told[Official.COMMUNE_CHAIR] == (two if day >= AMENDED else week)
        assert told.get(Official.SERVICE_UNIT_HEAD) == (month if day >= AMENDED else None)
    assert sum(isinstance(each, Duty) for each in BOOK.provisions) == 7


def test_reception_boards_meet_their_partners_monthly_from_july_2026() -> None:
    assert meetings(AMENDED - ONE_DAY) == []
    (meeting,) = meetings(AMENDED)
    assert (meeting.official, says(meeting)) == (
        Official.RECEPTION_BOARD_HEAD, "ít nhất 1 lần mỗi tháng",
    )  # fmt: skip


ABOUT = {
    (KN, Official.COMMUNE_CHAIR, Question.FIRST): ("commune_chair", "commune_chair"),
    (KN, Official.COMMUNE_CHAIR, Question.SECOND): ("district_chair", "province_chair"),
    (KN, Official.COMMUNE_CHAIR, Question.DISPUTE): ("district_chair", "province_chair"),
    (KN, Official.COMMUNE_STAFF, Question.FIRST): ("commune_chair", "commune_chair"),
    (KN, Official.COMMUNE_STAFF, Question.SECOND): ("district_chair", "province_chair"),
    (KN, Official.DISTRICT_CHAIR, Question.FIRST): ("district_chair", None),
    (KN, Official.DISTRICT_CHAIR, Question.SECOND): ("province_chair", None),
    (KN, Official.DISTRICT_OFFICE_HEAD, Question.FIRST): ("district_office_head", None),
    (KN, Official.DISTRICT_OFFICE_HEAD, Question.SECOND): ("district_chair", None),
    (KN, Official.DEPARTMENT_UNIT_HEAD, Question.FIRST): ("department_unit_head",) * 2,
    (KN, Official.DEPARTMENT_UNIT_HEAD, Question.SECOND): ("department_head",) * 2,
    (KN, Official.DEPARTMENT_HEAD, Question.FIRST): ("department_head",) * 2,
    (KN, Official.DEPARTMENT_HEAD, Question.SECOND): ("province_chair",) * 2,
    (KN, Official.DEPARTMENT_HEAD, Question.DISPUTE): ("province_chair",) * 2,
    (KN, Official.PROVINCE_CHAIR, Question.FIRST): ("province_chair",) * 2,
    (KN, Official.PROVINCE_CHAIR, Question.SECOND): ("minister",) * 2,
    (KN, Official.PROVINCE_CHAIR, Question.DISPUTE): ("prime_minister",) * 2,
    (KN, Official.MINISTER, Question.FIRST): ("minister",) * 2,
    (TC, Official.COMMUNE_STAFF, Question.FIRST): ("commune_chair",) * 2,
    (TC, Official.COMMUNE_CHAIR, Question.FIRST): ("district_chair", "province_chair"),
    (TC, Official.DISTRICT_CHAIR, Question.FIRST): ("province_chair", None),
    (TC, Official.DEPARTMENT_HEAD, Question.FIRST): ("province_chair",) * 2,
    (TC, Official.PARTY_MEMBER, Question.FIRST): ("party_body",) * 2,
    (TC, Official.AGENCY_HEAD, Question.GAP): ("province_chair",) * 2,
}
"""Who decides with districts, and who without."""


@pytest.mark.parametrize("asked", ABOUT)
def test_who_decides_changes_on_the_day_the_districts_end(
    asked: tuple[Condition, Official, Question],
) -> None:
    with_districts, without = ABOUT[asked]
    for day in BOUNDARIES:
        found = BOOK.competent(*asked, day)
        expected = with_districts if day < TWO_TIERS else without
        assert (None if found is None else found.decides.value) == expected, day


def test_no_competence_of_the_books_is_missing_from_these_tests() -> None:
    found = [each for each in BOOK.provisions if isinstance(each, Competence)]
    assert {(each.matter, each.about, each.question) for each in found} == set(ABOUT)


LISTS = [
    ("processing.outcome", 20, 20),
    ("reception.refusal", 3, 13),
    ("reception.outcome", 4, 4),
    ("reception.kind", 3, 3),
    ("reception.mode", 1, 2),
    ("reception.unscheduled", 2, 2),
    ("reception.not_competent", 4, 4),
    ("reception.right", 4, 4),
    ("reception.prohibited", 4, 4),
    ("reception.late_agency", 0, 1),
    ("reception.body", 3, 3),
    ("complaint.group", 0, 4),
    ("denunciation.suspension", 2, 2),
    ("denunciation.termination", 3, 3),
    ("reception.liability", 0, 3),
    ("crowd.role", 3, 4),
    ("complaint.not_accepted", 9, 9),
    ("complaint.complex", 0, 7),
    ("complaint.suspension", 0, 2),
    ("complaint.termination", 1, 4),
    ("complaint.dialogue", 0, 2),
    ("denunciation.protected", 3, 3),
    ("denunciation.not_processed", 2, 2),
    ("denunciation.withdrawn_but_continued", 0, 3),
    ("denunciation.liability", 0, 1),
    ("processing.source", 4, 4),
    ("processing.eligible", 4, 4),
    ("processing.ineligible", 3, 3),
    ("processing.axis", 6, 6),
]


@pytest.mark.parametrize(("list_id", "before", "after"), LISTS)
def test_a_closed_list_grows_on_the_day_the_amended_laws_begin(
    list_id: str, before: int, after: int
) -> None:
    assert len(BOOK.choices_on(list_id, AMENDED - ONE_DAY)) == before
    assert len(BOOK.choices_on(list_id, AMENDED)) == after


def test_no_list_of_the_books_is_missing_from_these_tests() -> None:
    told = {each.rule_id for each in BOOK.provisions if isinstance(each, Choice)}
    assert told == {row[0] for row in LISTS} | {"data.sensitive", "data.lawful_basis"}


def test_what_an_officer_may_name_as_ground_stands_in_the_books() -> None:
    """The closed codes of commands are entries of the lists they stand for."""

    def codes(list_id: str) -> set[str]:
        return {each.code for each in BOOK.choices_on(list_id, AMENDED)}

    assert set(ComplexGround) == codes("complaint.complex")
    grounds = codes("complaint.suspension") | codes("denunciation.suspension")
    assert set(SuspensionGround) == grounds
    for kind in (PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION):
        assert set(ClosureReason) >= codes(f"{kind}.termination")


def test_the_district_boards_end_with_the_districts() -> None:
    assert len(BOOK.choices_on("reception.body", TWO_TIERS - ONE_DAY)) == 4
    assert len(BOOK.choices_on("reception.body", TWO_TIERS)) == 3


def test_two_grounds_to_refuse_reception_need_a_written_notice() -> None:
    grounds = BOOK.choices_on("reception.refusal", AMENDED)
    assert [each.code for each in grounds if each.written_notice] == ["l9_3", "n4_1_h"]


def test_sensitive_data_are_listed_from_the_first_day_of_2026() -> None:
    assert BOOK.choices_on("data.sensitive", DATA_LAW - ONE_DAY) == ()
    assert len(BOOK.choices_on("data.sensitive", DATA_LAW)) == 9


@pytest.mark.parametrize(
    ("matter", "changes_on", "before", "after"),
    [
        (Matter.LEVELS, TWO_TIERS, "Ba cấp", "141/2025"),
        (Matter.RECEPTION, TWO_TIERS, "64/2014", "141/2025"),
        (Matter.RECEPTION, AMENDED, "64/2014", "154/2026"),
        (Matter.COMPLAINTS, AMENDED, "124/2020", "155/2026"),
        (Matter.DENUNCIATIONS, AMENDED, "31/2019", "156/2026"),
        (Matter.REPORTING, REPORTS, "01/2024", "06/2025"),
        (Matter.REPORTING, date(2024, 3, 5), "02/2021", "01/2024"),
        (Matter.PROCESSING, date(2021, 11, 15), "07/2014", "05/2021"),
        (Matter.ELECTED_BODIES, date(2025, 12, 24), "759/2014", "116/2025"),
        (Matter.PERSONAL_DATA, DATA_LAW, "13/2023", "91/2025"),
    ],
)
def test_which_documents_are_the_law_changes_on_the_day(
    matter: Matter, changes_on: date, before: str, after: str
) -> None:
    assert before in documents(changes_on - ONE_DAY)[matter].article
    assert after in documents(changes_on)[matter].article


def test_every_matter_has_its_documents_on_every_boundary_day() -> None:
    for day in BOUNDARIES:
        assert set(documents(day)) == set(Matter), day


def documents(day: date) -> dict[Matter, Document]:
    return {each.matter: each for each in held(Document, day)}


@pytest.mark.parametrize("topic", Topic)
def test_a_complaint_accepted_before_july_2026_is_suspended_and_ended_by_the_new_law(
    topic: Topic,
) -> None:
    accepted = AMENDED - ONE_DAY
    assert BOOK.governing_day(topic, accepted, AMENDED - ONE_DAY) == accepted
    assert BOOK.governing_day(topic, accepted, AMENDED) == AMENDED
    assert BOOK.governing_day(topic, AMENDED, date(2026, 9, 1)) == AMENDED


def test_what_rests_on_decrees_read_in_one_copy_only_is_not_called_verified() -> None:
    for each in BOOK.provisions:
        one_copy = "Nghị định 155/2026" in each.article or "Nghị định 156/2026" in each.article
        assert not (one_copy and each.verified), each.rule_id
