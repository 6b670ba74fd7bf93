"""Who is competent differs with the law and the tree of a day (law.md 2, 3)."""

from datetime import date

import pytest

from domain.chronicle import ONE_DAY
from domain.codes import Field, PetitionKind
from domain.competent_office import competent_office
from domain.directory import Directory
from domain.events import directory as facts
from domain.law.provisions import Competence
from domain.law.rulebook import Rulebook
from domain.law.terms import Condition, Official, Question
from tests.domain.directory_facts import (
    AUGUST,
    CAM_LY,
    DISTRICT,
    LAND,
    MAY,
    PROVINCE,
    THREE_TIERS,
    TWO_TIERS,
    office,
)
from tests.domain.noting import NEW_CAM_LY, Noting, reformed

COMPLAINT, DENUNCIATION = Condition.COMPLAINT, Condition.DENUNCIATION
LAST = TWO_TIERS - ONE_DAY


def who(
    matter: Condition,
    about: Official,
    question: Question,
    decides: Official,
    first: date = THREE_TIERS,
    last: date | None = None,
) -> Competence:
    return Competence(
        rule_id=f"{matter}.{about}.{question}", term="Thẩm quyền", article="Luật KN Đ17-21",
        valid_from=first, valid_until=last, matter=matter, about=about, question=question,
        decides=decides,
    )  # fmt: skip


COMMUNE, DISTRICT_HEAD, PROVINCE_HEAD = (
    Official.COMMUNE_CHAIR,
    Official.DISTRICT_CHAIR,
    Official.PROVINCE_CHAIR,
)
RULES = Rulebook((
    who(COMPLAINT, COMMUNE, Question.FIRST, COMMUNE),
    who(COMPLAINT, COMMUNE, Question.SECOND, DISTRICT_HEAD, last=LAST),
    who(COMPLAINT, COMMUNE, Question.SECOND, PROVINCE_HEAD, first=TWO_TIERS),
    who(COMPLAINT, DISTRICT_HEAD, Question.FIRST, DISTRICT_HEAD, last=LAST),
    who(COMPLAINT, Official.DISTRICT_OFFICE_HEAD, Question.FIRST, Official.AGENCY_HEAD, last=LAST),
    who(COMPLAINT, PROVINCE_HEAD, Question.SECOND, Official.MINISTER),
    who(COMPLAINT, Official.DEPARTMENT_HEAD, Question.FIRST, Official.DEPARTMENT_HEAD),
    who(COMPLAINT, Official.DEPARTMENT_HEAD, Question.SECOND, PROVINCE_HEAD),
    who(COMPLAINT, Official.DEPARTMENT_UNIT_HEAD, Question.FIRST, Official.DEPARTMENT_UNIT_HEAD),
    who(COMPLAINT, Official.DEPARTMENT_UNIT_HEAD, Question.SECOND, Official.DEPARTMENT_HEAD),
    who(DENUNCIATION, COMMUNE, Question.FIRST, DISTRICT_HEAD, last=LAST),
    who(DENUNCIATION, COMMUNE, Question.FIRST, PROVINCE_HEAD, first=TWO_TIERS),
    who(DENUNCIATION, PROVINCE_HEAD, Question.FIRST, PROVINCE_HEAD),
))  # fmt: skip


@pytest.fixture(scope="module")
def country() -> Directory:
    noting = Noting()
    end = (
        noting.seat_ended(LAND), noting.seat_ended(f"ubnd-{CAM_LY}"), noting.ended(CAM_LY),
        noting.succeeded(CAM_LY, NEW_CAM_LY), noting.seat_ended(f"ubnd-{DISTRICT}"),
    )  # fmt: skip
    moved = reformed(*end)
    below = noting(
        facts.UnitParentChanged, NEW_CAM_LY, parent=PROVINCE, valid_from=TWO_TIERS, basis=""
    )
    department = office("tnmt-24", "department", "Sở NNMT", PROVINCE, f"ubnd-{PROVINCE}", TWO_TIERS)
    fields = noting(
        facts.OfficeFieldsChanged, "tnmt-24", fields=(Field.LAND,), valid_from=TWO_TIERS, basis=""
    )
    unit = office("ccqldd-24", "sub_department", "Chi cục QLĐĐ", PROVINCE, "tnmt-24", TWO_TIERS)
    return moved.with_facts([below, department, unit, fields])


def ask(
    country: Directory, kind: PetitionKind, unit: str, on: date,
    question: Question = Question.FIRST, accused: str | None = None,
) -> tuple[str | None, Official] | None:  # fmt: skip
    found = competent_office(
        kind, Field.LAND, unit, on, directory=country, rules=RULES, accused=accused,
        question=question,
    )  # fmt: skip
    if found is None:
        return None
    return (found.office.office_id if found.office else None), found.decides


def test_a_commune_settles_first_what_it_did_itself(country: Directory) -> None:
    kind = PetitionKind.COMPLAINT
    assert ask(country, kind, CAM_LY, MAY) == (f"ubnd-{CAM_LY}", COMMUNE)
    assert ask(country, kind, NEW_CAM_LY, AUGUST) == (f"ubnd-{NEW_CAM_LY}", COMMUNE)


def test_the_second_time_it_is_the_district_before_and_the_province_after(
    country: Directory,
) -> None:
    kind, second = PetitionKind.COMPLAINT, Question.SECOND
    assert ask(country, kind, CAM_LY, LAST, second) == (f"ubnd-{DISTRICT}", DISTRICT_HEAD)
    assert ask(country, kind, NEW_CAM_LY, TWO_TIERS, second) == (f"ubnd-{PROVINCE}", PROVINCE_HEAD)


def test_a_denounced_chair_is_never_the_judge(country: Directory) -> None:
    kind, seat = PetitionKind.DENUNCIATION, f"ubnd-{CAM_LY}"
    assert ask(country, kind, CAM_LY, MAY, accused=seat) == (f"ubnd-{DISTRICT}", DISTRICT_HEAD)
    assert ask(country, kind, PROVINCE, MAY) is None


def test_an_act_of_an_old_commune_is_the_heirs_to_settle(country: Directory) -> None:
    found = ask(country, PetitionKind.COMPLAINT, NEW_CAM_LY, AUGUST, accused=f"ubnd-{CAM_LY}")
    assert found == (f"ubnd-{NEW_CAM_LY}", COMMUNE)


def test_a_division_settles_first_what_it_did_itself(country: Directory) -> None:
    found = ask(country, PetitionKind.COMPLAINT, CAM_LY, MAY, accused=LAND)
    assert found == (LAND, Official.AGENCY_HEAD)


def test_a_department_judges_what_is_below_it_and_the_province_the_department(
    country: Directory,
) -> None:
    kind, first, second = PetitionKind.COMPLAINT, Question.FIRST, Question.SECOND
    for accused, question, office_id, official in (
        ("ccqldd-24", first, "ccqldd-24", Official.DEPARTMENT_UNIT_HEAD),
        ("ccqldd-24", second, "tnmt-24", Official.DEPARTMENT_HEAD),
        ("tnmt-24", first, "tnmt-24", Official.DEPARTMENT_HEAD),
        ("tnmt-24", second, f"ubnd-{PROVINCE}", PROVINCE_HEAD),
    ):
        found = ask(country, kind, PROVINCE, AUGUST, question, accused)
        assert found == (office_id, official)


def test_who_sits_in_no_office_of_the_directory_is_named_all_the_same(country: Directory) -> None:
    found = ask(country, PetitionKind.COMPLAINT, PROVINCE, MAY, Question.SECOND)
    assert found == (None, Official.MINISTER)


def test_where_the_rules_name_nobody_nobody_is_made_up(country: Directory) -> None:
    assert ask(country, PetitionKind.DENUNCIATION, DISTRICT, MAY) is None


def test_a_proposal_is_for_who_looks_after_the_field(country: Directory) -> None:
    own = (f"ubnd-{CAM_LY}", Official.AGENCY_HEAD)
    assert ask(country, PetitionKind.PROPOSAL, CAM_LY, MAY) == own
    assert ask(country, PetitionKind.FEEDBACK, CAM_LY, MAY) == own
    department = ("tnmt-24", Official.AGENCY_HEAD)
    assert ask(country, PetitionKind.PROPOSAL, PROVINCE, AUGUST) == department
