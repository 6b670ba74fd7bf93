"""The forms of the acts: their names are the API's, what is typed becomes its body."""

import json
from datetime import date
from typing import Final

import pytest
from pydantic import BaseModel

from services.api.bodies import cases, gatherings, petitions
from services.api.bodies.base import PlainAct
from services.web.acts import CASE_ACTS, GATHERING_ACTS, INTAKE, MISSION_ACTS, PETITION_ACTS
from services.web.acts.base import NEXT, Act, Draft
from services.web.acts.pages import carried, groups
from services.web.acts.reading import field_of, read, read_day, read_moment
from services.web.models.acts import Section

TODAY: Final = date(2025, 5, 14)
BODIES: Final[dict[str, type[BaseModel]]] = {
    "receive": petitions.Reception,
    "classify": petitions.Classification,
    "guide": petitions.GuidanceGiven,
    "transfer": petitions.Transfer,
    "accept": PlainAct,
    "return": petitions.Return,
    "recall": PlainAct,
    "decide-competence": petitions.CompetenceDecision,
    "open-case": cases.CaseOpening,
    "link-petition": cases.LinkedPetition,
    "assign-handler": cases.Handler,
    "report-upward": cases.UpwardReport,
    "escalate": cases.Escalation,
    "direct": cases.Direction,
    "acknowledge": PlainAct,
    "decide": cases.Decision,
    "close": cases.Closure,
    "report-gathering": gatherings.GatheringReport,
    "recount": gatherings.CountRevision,
    "acknowledge-gathering": PlainAct,
    "receive-crowd": gatherings.CrowdReception,
    "disperse": PlainAct,
    "request-return": gatherings.ReturnRequest,
    "name-lead": gatherings.LeadName,
    "dispatch": gatherings.Dispatch,
    "offer": gatherings.Headcount,
    "consent": gatherings.Headcount,
    "decline": gatherings.Headcount,
    "depart": gatherings.Headcount,
    "arrive": gatherings.Arrival,
    "hand-over": gatherings.HandOverTo,
    "follow-up": gatherings.FollowUp,
    "close-mission": PlainAct,
}
FROM_THE_PAGE: Final = {"occurred_at", "petition_id", "gathering_id"}
"""What the address of the page says, or every form asks alike."""
ACTS: Final = (INTAKE, *PETITION_ACTS, *CASE_ACTS, *GATHERING_ACTS, *MISSION_ACTS)
every_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)


def places_of(body: type[BaseModel], before: str = "") -> set[str]:
    """Every place of a body, with dots."""
    places: set[str] = set()
    for name, field in body.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            places |= places_of(inner, f"{before}{name}.")
        else:
            places.add(before + name)
    return places


def names_of(sections: tuple[Section, ...]) -> list[str]:
    return [question.field.name for section in sections for question in section.questions]


@every_act
def test_a_form_asks_all_that_the_api_takes_and_nothing_else(act: Act) -> None:
    names = names_of(act.sections(Draft()))
    assert len(names) == len(set(names))
    places = places_of(BODIES[act.name])
    assert set(names) - {NEXT} - FROM_THE_PAGE == places - FROM_THE_PAGE
    assert set(names) - {NEXT} <= places


def test_every_act_has_a_page_of_its_own() -> None:
    assert {act.name for act in ACTS} == set(BODIES)
    for family in (PETITION_ACTS, CASE_ACTS, GATHERING_ACTS, MISSION_ACTS):
        assert len({act.path for act in family}) == len(family)


def test_a_transfer_as_it_is_typed_is_a_transfer_the_api_takes() -> None:
    act = next(act for act in PETITION_ACTS if act.name == "transfer")
    typed = {
        "to_office": "ubnd-07444-20250101", "ground": "other_level", "papers": "4",
        "reply_due": "16/5/25", "texts.note": "Có biên bản.", "occurred_at": "12/05/2025 09:15",
        "csrf": "x", "key": "y",
    }  # fmt: skip
    answer = read(act.sections(Draft()), Draft(typed), TODAY)
    assert answer.errors == {}
    assert answer.body == {
        "to_office": "ubnd-07444-20250101", "ground": "other_level", "papers": 4,
        "reply_due": "2025-05-16", "texts": {"note": "Có biên bản."},
        "occurred_at": "2025-05-12T09:15:00+07:00",
    }  # fmt: skip
    petitions.Transfer.model_validate_json(json.dumps(answer.body))


def test_a_broken_day_a_broken_number_and_a_missing_answer_are_told_at_their_fields() -> None:
    act = next(act for act in PETITION_ACTS if act.name == "transfer")
    typed = {"to_office": "ubnd-1", "papers": "bốn", "reply_due": "31/02/2025"}
    errors = read(act.sections(Draft()), Draft(typed), TODAY).errors
    assert set(errors) == {"ground", "papers", "reply_due"}


def test_a_count_range_and_a_ticked_box_find_their_place_in_the_body() -> None:
    by_name = {act.name: act for act in GATHERING_ACTS}
    typed = Draft({"count.low": "30", "count.high": "40", "in_person": "1", "representatives": "5"})
    count = read(by_name["recount"].sections(Draft()), typed, TODAY)
    assert count.body == {"count": {"low": 30, "high": 40}}
    received = read(by_name["receive-crowd"].sections(Draft()), typed, TODAY)
    assert received.body == {"in_person": True, "representatives": 5}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/2/26", date(2026, 2, 5)),
        ("05-02-2026", date(2026, 2, 5)),
        ("hôm nay", TODAY),
        ("31/02/2025", None),
        ("2025-05-14", None),
        ("", None),
    ],
)
def test_a_day_is_read_day_first(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


def test_a_moment_is_in_vietnam_and_an_hour_alone_is_today() -> None:
    moment = read_moment("9h15", TODAY)
    assert moment is not None
    assert moment.isoformat() == "2025-05-14T09:15:00+07:00"
    assert read_moment("12/05/2025 25:00", TODAY) is None
    assert read_moment("12/05/2025", TODAY) is None


def test_an_error_of_the_api_belongs_to_the_field_it_points_at() -> None:
    assert field_of("#/texts/note") == "texts.note"
    assert field_of("/count/low") == "count.low"
    draft = Draft(errors={"texts.note": "Quá dài.", "case_id": "Không có."})
    act = next(act for act in PETITION_ACTS if act.name == "return")
    sections = act.sections(draft)
    assert [error.field for error in draft.summary(sections)] == ["texts.note"]
    assert draft.stray(sections) == ("Không có.",)


def test_the_check_page_carries_what_was_answered_and_no_token_of_the_form() -> None:
    draft = Draft({"texts.id_number": "024180000345", "kind": "denunciation", "csrf": "secret"})
    held = dict(carried(INTAKE, draft))
    assert held["texts.id_number"] == "024180000345"
    assert "csrf" not in held
    assert held["channel"] == "counter"
    first = groups(INTAKE, draft)[0]
    assert first.sealed
    shown = {answer.label: answer.value for answer in first.answers}
    assert shown["Số định danh"] == "•••••••••345"
