"""The books the project carries: every number of law.md 0-4 and 8, on every boundary day."""

from datetime import date, timedelta
from importlib.resources import files

import pytest

from domain.case import ENDS_WITHOUT_DECISION
from domain.codes import ComplexGround, PetitionKind, SuspensionGround
from domain.law.provisions import Choice, Competence, Duty, Extension, Measure, Rule, Threshold
from domain.law.reading import line_of, read_lines
from domain.law.rulebook import NoRule
from domain.law.terms import Act, Condition, DayUnit, Direction, Matter, Official, Question, Topic
from domain.law.wording import says
from infra.law import carried_edition

EDITION = carried_edition()
BOOK = EDITION.book
ONE_DAY = timedelta(days=1)
W, C = DayUnit.WORKING, DayUnit.CALENDAR

RECEPTION, COMPLAINTS, DENUNCIATIONS = date(2014, 7, 1), date(2012, 7, 1), date(2019, 1, 1)
TWO_TIERS, REPORTS, DATA_LAW, AMENDED = (
    date(2025, 7, 1),
    date(2025, 9, 30),
    date(2026, 1, 1),
    date(2026, 7, 1),
)
BOUNDARIES = [
    day
    for first in (TWO_TIERS, REPORTS, DATA_LAW, AMENDED)
    for day in (first - ONE_DAY, first, first + ONE_DAY)
]
"""The last day of each regime, the first of the next, and the day after it."""

LIMITS = [
    ("reply.citizen", RECEPTION, None, 10, W),
    ("petition.untouched", AMENDED, None, 45, C),
    ("reception.refusal_notice", AMENDED, None, 3, W),
    ("reception.result_report", RECEPTION, None, 7, W),
    ("reception.sender_tells_citizen", RECEPTION, None, 5, W),
    ("reception.schedule_posted", RECEPTION, None, 5, W),
    ("reception.online_notice", AMENDED, None, 5, W),
    ("reception.online_test", AMENDED, None, 1, W),
    ("right.complaint.first", COMPLAINTS, None, 90, C),
    ("right.complaint.second", COMPLAINTS, None, 30, C),
    ("right.complaint.second.remote", COMPLAINTS, None, 45, C),
    ("right.discipline.first", COMPLAINTS, None, 15, C),
    ("right.discipline.second", COMPLAINTS, None, 10, C),
    ("right.discipline.second.dismissal", COMPLAINTS, None, 30, C),
    ("acceptance.complaint", COMPLAINTS, AMENDED - ONE_DAY, 10, C),
    ("acceptance.complaint", AMENDED, None, 7, W),
    ("settlement.complaint.first", COMPLAINTS, None, 30, C),
    ("settlement.complaint.first.complex", COMPLAINTS, None, 45, C),
    ("settlement.complaint.first.remote", COMPLAINTS, None, 45, C),
    ("settlement.complaint.first.remote.complex", COMPLAINTS, None, 60, C),
    ("settlement.complaint.second", COMPLAINTS, None, 45, C),
    ("settlement.complaint.second.complex", COMPLAINTS, None, 60, C),
    ("settlement.complaint.second.remote", COMPLAINTS, None, 60, C),
    ("settlement.complaint.second.remote.complex", COMPLAINTS, None, 70, C),
    ("settlement.discipline", COMPLAINTS, None, 30, C),
    ("settlement.discipline.complex", COMPLAINTS, None, 45, C),
    ("decision_sent.complaint.first", COMPLAINTS, None, 3, W),
    ("decision_sent.complaint.second", COMPLAINTS, None, 7, C),
    ("decision_effective.complaint", COMPLAINTS, None, 30, C),
    ("decision_effective.complaint.remote", COMPLAINTS, None, 45, C),
    ("dialogue.notice", AMENDED, None, 5, C),
    ("suspension_sent.complaint", AMENDED, None, 3, W),
    ("acceptance.denunciation", DENUNCIATIONS, None, 7, W),
    ("acceptance.denunciation.several_places", DENUNCIATIONS, None, 10, W),
    ("transfer.denunciation", DENUNCIATIONS, None, 5, W),
    ("denunciation.from_press", DENUNCIATIONS, None, 20, C),
    ("denunciation.acceptance_notice", DENUNCIATIONS, None, 5, W),
    ("settlement.denunciation", DENUNCIATIONS, None, 30, C),
    ("denunciation.further", DENUNCIATIONS, None, 20, C),
    ("denunciation.overdue.demand", DENUNCIATIONS, None, 5, W),
    ("denunciation.overdue.answer", DENUNCIATIONS, None, 5, W),
    ("suspension_sent.denunciation", DENUNCIATIONS, None, 5, W),
    ("conclusion_sent.denunciation", DENUNCIATIONS, None, 5, W),
    ("conclusion_published.denunciation", DENUNCIATIONS, None, 7, W),
    ("data.impact_file", DATA_LAW, None, 60, C),
    ("record.registered", date(2020, 3, 5), None, 1, W),
    ("transfer.answer", RECEPTION, None, 3, W),
]  # fmt: skip


def days_within(first: date, last: date | None) -> list[date]:
    """The first day, the last, and each boundary day between them."""
    inside = [day for day in BOUNDARIES if first <= day and (last is None or day <= last)]
    return [first, *inside, *([] if last is None else [last])]


@pytest.mark.parametrize(("rule_id", "first", "last", "days", "unit"), LIMITS)
def test_every_limit_has_its_number_on_every_boundary_day(
    rule_id: str, first: date, last: date | None, days: int, unit: DayUnit
) -> None:
    for day in days_within(first, last):
        rule = BOOK.rule_on(rule_id, day)
        assert (rule.days, rule.unit) == (days, unit), day


@pytest.mark.parametrize("rule_id", sorted({row[0] for row in LIMITS}))
def test_before_its_law_a_limit_is_unknown(rule_id: str) -> None:
    first = min(row[1] for row in LIMITS if row[0] == rule_id)
    with pytest.raises(NoRule, match=rule_id):
        BOOK.rule_on(rule_id, first - ONE_DAY)


def test_no_limit_of_the_books_is_missing_from_these_tests() -> None:
    told = {(each.rule_id, each.valid_from) for each in BOOK.provisions if isinstance(each, Rule)}
    assert told == {(row[0], row[1]) for row in LIMITS}


KN, TC = Condition.COMPLAINT, Condition.DENUNCIATION
FIRST, SECOND, REMOTE, COMPLEX = (
    Condition.FIRST,
    Condition.SECOND,
    Condition.REMOTE,
    Condition.COMPLEX,
)
DISCIPLINE, DISMISSAL, PLACES = (
    Condition.DISCIPLINE,
    Condition.DISMISSAL,
    Condition.SEVERAL_PLACES,
)
CASES = [
    ("settlement", (KN, FIRST), 30),
    ("settlement", (KN, FIRST, COMPLEX), 45),
    ("settlement", (KN, FIRST, REMOTE), 45),
    ("settlement", (KN, FIRST, REMOTE, COMPLEX), 60),
    ("settlement", (KN, SECOND), 45),
    ("settlement", (KN, SECOND, COMPLEX), 60),
    ("settlement", (KN, SECOND, REMOTE), 60),
    ("settlement", (KN, SECOND, REMOTE, COMPLEX), 70),
    ("settlement", (KN, FIRST, DISCIPLINE), 30),
    ("settlement", (KN, SECOND, DISCIPLINE, COMPLEX, REMOTE), 45),
    ("settlement", (TC,), 30),
    ("settlement", (TC, FIRST, COMPLEX), 30),
    ("right_to_complain", (KN, FIRST), 90),
    ("right_to_complain", (KN, SECOND), 30),
    ("right_to_complain", (KN, SECOND, REMOTE), 45),
    ("right_to_complain", (KN, FIRST, DISCIPLINE), 15),
    ("right_to_complain", (KN, FIRST, DISCIPLINE, DISMISSAL), 15),
    ("right_to_complain", (KN, SECOND, DISCIPLINE), 10),
    ("right_to_complain", (KN, SECOND, DISCIPLINE, DISMISSAL), 30),
    ("acceptance", (TC,), 7),
    ("acceptance", (TC, PLACES), 10),
    ("wrong_addressee", (TC,), 5),
    ("acceptance_notice", (TC,), 5),
    ("decision_sent", (KN, FIRST), 3),
    ("decision_sent", (KN, SECOND, COMPLEX), 7),
    ("decision_sent", (TC,), 5),
    ("decision_effective", (KN, FIRST), 30),
    ("decision_effective", (KN, FIRST, REMOTE), 45),
    ("conclusion_published", (TC,), 7),
    ("reply.citizen", (Condition.FEEDBACK,), 10),
]


@pytest.mark.parametrize(("clock", "conditions", "days"), CASES)
def test_a_file_finds_its_limit_by_what_is_so_of_it_whatever_the_regime(
    clock: str, conditions: tuple[Condition, ...], days: int
) -> None:
    for day in BOUNDARIES:
        assert BOOK.limit_for(clock, day, conditions).days == days, day


def test_a_complaint_is_accepted_in_ten_days_and_from_july_2026_in_seven_working_days() -> None:
    for day in BOUNDARIES:
        rule = BOOK.limit_for("acceptance", day, (KN, SECOND))
        expected = (7, W) if day >= AMENDED else (10, C)
        assert (rule.days, rule.unit, rule.verified) == (*expected, day < AMENDED), day


def test_decisions_to_suspend_a_complaint_are_sent_in_three_working_days_from_july_2026() -> None:
    assert BOOK.rules_for("suspension_sent", AMENDED - ONE_DAY, [KN]) == ()
    assert BOOK.limit_for("suspension_sent", AMENDED, [KN]).days == 3
    assert BOOK.limit_for("suspension_sent", AMENDED - ONE_DAY, [TC]).days == 5


def test_notices_that_must_be_out_before_a_day_say_so() -> None:
    early = {
        each.rule_id
        for each in BOOK.provisions
        if isinstance(each, Rule) and each.direction is Direction.BEFORE
    }
    assert early == {
        "reception.schedule_posted", "reception.online_notice", "reception.online_test",
        "dialogue.notice",
    }  # fmt: skip


def test_a_denunciation_is_extended_once_or_twice_by_thirty_days() -> None:
    for day in (DENUNCIATIONS, *BOUNDARIES):
        once = BOOK.extension_for("settlement.denunciation", day, (TC, COMPLEX))
        twice = BOOK.extension_for(
            "settlement.denunciation", day, (TC, Condition.ESPECIALLY_COMPLEX)
        )
        assert once is not None
        assert twice is not None
        assert (once.at_most, twice.at_most, once.days) == (30, 60, 30)
        assert BOOK.extension_for("settlement.denunciation", day, (TC,)) is None
    assert sum(isinstance(each, Extension) for each in BOOK.provisions) == 2


MEASURES = [
    ("reception.online_connect", AMENDED, "1 giờ"),
    ("complaint.complex.verification_sites", AMENDED, "2 địa điểm"),
    ("complaint.complex.contents", AMENDED, "2 nội dung"),
    ("denunciation.especially_complex.criteria", DENUNCIATIONS, "2 tiêu chí"),
    ("petition.archive", date(2014, 12, 15), "1 năm"),
    ("petition.archive", date(2021, 11, 15), "1 năm"),
    ("data.breach_notice", DATA_LAW, "72 giờ"),
    ("record.to_archive", date(2020, 3, 5), "1 năm"),
    ("reminder.due_soon", RECEPTION, "2 ngày làm việc"),
    ("reminder.up_the_ladder", RECEPTION, "3 ngày làm việc"),
    ("reminder.acknowledge", RECEPTION, "1 ngày làm việc"),
    ("reminder.receive_crowd", RECEPTION, "60 phút"),
]


@pytest.mark.parametrize(("rule_id", "first", "told"), MEASURES)
def test_every_measure_has_its_amount_from_its_first_day(
    rule_id: str, first: date, told: str
) -> None:
    assert says(BOOK.measure_on(rule_id, first)) == told


def test_no_measure_of_the_books_is_missing_from_these_tests() -> None:
    found = [each for each in BOOK.provisions if isinstance(each, Measure)]
    assert {(e.rule_id, e.valid_from) for e in found} == {(m[0], m[1]) for m in MEASURES}


def test_five_people_are_a_crowd_under_every_regime() -> None:
    for day in (RECEPTION, *BOUNDARIES):
        assert BOOK.threshold_on("crowd", day).people == 5
    assert BOOK.threshold_on("signatories.many", date(2021, 11, 15)).people == 5
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
    return {duty.official: says(duty) for duty in BOOK.duties_on(day)}


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
    assert BOOK.duties_on(AMENDED - ONE_DAY, Act.MEET) == ()
    (meeting,) = BOOK.duties_on(AMENDED, Act.MEET)
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
        assert ENDS_WITHOUT_DECISION[kind] == codes(f"{kind}.termination")


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
    assert before in BOOK.documents_on(changes_on - ONE_DAY)[matter].article
    assert after in BOOK.documents_on(changes_on)[matter].article


def test_every_matter_has_its_documents_on_every_boundary_day() -> None:
    for day in BOUNDARIES:
        assert set(BOOK.documents_on(day)) == set(Matter), day


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


def test_every_line_reads_back_as_what_it_was_written_from() -> None:
    again, faults = read_lines([line_of(each) for each in BOOK.provisions])
    assert faults == ()
    assert list(again) == list(BOOK.provisions)


def test_the_readme_names_every_book_and_every_word_a_book_may_use() -> None:
    folder = files("infra.law").joinpath("books")
    readme = folder.joinpath("README.md").read_text(encoding="utf-8")
    books = [each.name for each in folder.iterdir() if each.name.endswith(".toml")]
    assert len(books) >= 9
    for name in books:
        assert f"`{name}`" in readme
    for line in EDITION.lines:
        for word in (line.get("unit"), line.get("start"), *line.get("when", ())):
            assert word is None or f"`{word}`" in readme, word
