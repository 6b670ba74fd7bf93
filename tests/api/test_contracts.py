"""What is promised in writing: the description, the list of errors, the words of the field."""

import inspect
import json
import subprocess
import sys
from dataclasses import fields
from types import ModuleType

import pytest

from domain.commands import (
    Command,
    case,
    filing,
    gathering,
    petition,
    return_mission,
    settlement,
)
from domain.errors import Refusal
from services.access import ALLOWED
from services.api import catalogue, error_list, openapi
from services.api.app import DESCRIBED_AT, bare_app
from services.api.bodies import cases, filings, gatherings, petitions, settlements
from services.api.bodies.base import Act, PlainAct, Texts
from services.api.routes import (
    case_acts,
    filing_acts,
    gathering_acts,
    mission_acts,
    petition_acts,
    settlement_acts,
)
from tests.api.world import World

ACTS: tuple[ModuleType, ...] = (
    petition_acts,
    filing_acts,
    case_acts,
    settlement_acts,
    gathering_acts,
    mission_acts,
)


def acts() -> list[tuple[str, type[Act], type[Command]]]:
    """Every route that acts: its name, its body, and the command its source names."""
    found = []
    for module in ACTS:
        for route in module.router.routes:
            source = inspect.getsource(route.endpoint)
            command = getattr(module.ask, source.split("ask.", 1)[1].split(",", 1)[0])
            body = inspect.signature(route.endpoint).parameters["body"].annotation
            found.append((route.name, body, command))
    return found


@pytest.mark.parametrize(("name", "body", "command"), acts(), ids=[a[0] for a in acts()])
def test_a_body_and_its_command_have_the_same_words(
    name: str, body: type[Act], command: type[Command]
) -> None:
    sent = set(body.model_fields) - {"occurred_at", "texts"}
    asked = {each.name for each in fields(command)} - {"texts"}
    missing = asked - sent
    assert sent <= asked, name
    assert len(missing) == 1
    assert missing.pop().endswith("_id")
    texts = body.model_fields.get("texts")
    kept = texts.annotation if texts else Texts
    assert isinstance(kept, type)
    assert issubclass(kept, Texts)
    assert frozenset(kept.model_fields) == command.TEXT_FIELDS, name


def test_every_command_of_an_officer_has_one_route() -> None:
    modules = (petition, filing, case, settlement, gathering, return_mission)
    commands = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Command) and each is not Command
    }
    assert sorted(c.__name__ for c in commands) == sorted(a[2].__name__ for a in acts())
    assert commands <= set(ALLOWED)


def test_every_body_is_used() -> None:
    used = {body for _, body, _ in acts()}
    declared = {
        each
        for module in (petitions, filings, cases, settlements, gatherings)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Act) and each not in (Act, PlainAct)
    }
    assert declared == used - {PlainAct}


def test_the_description_is_the_committed_one() -> None:
    made = openapi.text_of(bare_app().openapi())
    assert made == openapi.FILE.read_text("utf-8"), "python -m services.api.openapi --write"


def test_whoever_asks_is_given_the_description() -> None:
    answered = World().door().get(DESCRIBED_AT)
    assert answered.json() == bare_app().openapi()


def test_the_list_of_errors_is_the_committed_one() -> None:
    made = subprocess.run(
        [sys.executable, "-m", error_list.__name__], capture_output=True, check=True
    ).stdout.decode()
    assert made == error_list.FILE.read_text("utf-8"), "python -m services.api.error_list --write"


def test_every_operation_declares_what_it_refuses() -> None:
    described = bare_app().openapi()
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        if not path.startswith("/api/v1") or path.startswith("/api/v1/problems"):
            continue
        for operation in operations.values():
            answers = operation["responses"]
            assert {"401", "422", "503"} <= set(answers), path
            assert "application/problem+json" in answers["401"]["content"]
            assert operation["summary"], path
            assert operation["security"] == [{"bearer": []}], path


def test_acts_on_existing_things_declare_what_a_version_may_be_refused_with() -> None:
    described = bare_app().openapi()
    for module in ACTS:
        for route in module.router.routes:
            answers = described["paths"][route.path]["post"]["responses"]
            wanted = {"412", "428"} if "{" in route.path else set()
            assert wanted <= set(answers), route.path


def test_the_frameworks_own_errors_are_not_in_the_description() -> None:
    assert "HTTPValidationError" not in json.dumps(bare_app().openapi())


def test_no_two_kinds_of_problem_share_a_code() -> None:
    edge = {kind.code for kind in catalogue.EDGE}
    assert len(edge) == len(catalogue.EDGE)
    codes: dict[str, type[Refusal]] = {}
    for refusal in catalogue.refusals():
        if not refusal.__module__.startswith(("domain", "services", "infra", "projections")):
            continue
        inherited = [base.code for base in refusal.__mro__[1:] if issubclass(base, Refusal)]
        assert refusal.code not in edge, refusal
        if refusal.code not in inherited:
            assert codes.setdefault(refusal.code, refusal) is refusal, refusal.code


def test_every_refusal_has_a_status_of_a_refusal() -> None:
    assert all(400 <= catalogue.status_of(refusal) < 500 for refusal in catalogue.refusals())
