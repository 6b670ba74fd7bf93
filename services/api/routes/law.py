"""The rulebook: rules, their versions, and a limit tried out (quy định pháp luật)."""

from datetime import date
from itertools import dropwhile, islice
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool

from domain.law.law import Law
from domain.law.terms import Condition
from services.api.bodies.base import Day, Ref
from services.api.deps import Parts, TheOfficer, Today
from services.api.known import At, KnownAt
from services.api.parts import ApiParts
from services.api.problems import refuses
from services.calendar_months import owner_of
from services.law_answers import (
    RuleAnswer,
    RulesPage,
    RuleVersions,
    TrialAnswer,
    name_of,
    tried,
    version_of,
    versions_of,
)

router = APIRouter(prefix="/api/v1/law", tags=["law"], responses=refuses())

RULE_NAME = r"^[a-z0-9_.]{1,80}(/[a-z0-9_.]{1,80})?$"


@router.get("/rules")
async def list_rules(
    parts: Parts,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    at: At = None,
    known_at: KnownAt = None,
    book: Annotated[str | None, Query(max_length=80, description="Only of this book.")] = None,
    cursor: Annotated[
        str | None, Query(pattern=RULE_NAME, description="`next` of the page before.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> RulesPage:
    """What is in force on a day, by the edition known on a day (quy định có hiệu lực)."""
    on = at or today

    def page() -> RulesPage:
        known = _law(parts, known_at).book
        found = [each for each in known.holding_on(on) if book in (None, each.book)]
        after = dropwhile(lambda one: name_of(one) != cursor, found)
        rest = found if cursor is None else islice(after, 1, None)
        shown = tuple(islice(rest, limit + 1))
        more = name_of(shown[limit - 1]) if len(shown) > limit else None
        items = [RuleAnswer.of(version_of(known, each), on) for each in shown[:limit]]
        return RulesPage(edition=known.edition, at=on, items=items, next=more)

    return await run_in_threadpool(page)


@router.get("/rules/{rule}", responses=refuses(404))
async def read_rule(
    rule: Annotated[str, Path(pattern=r"^[a-z0-9_.]{1,80}$", description="A rule's or list's id")],
    parts: Parts,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    at: At = None,
    known_at: KnownAt = None,
) -> RuleVersions:
    """Every version of a rule, or of a closed list's entries (các phiên bản của quy định)."""
    on, known = at or today, _law(parts, known_at).book
    items = [RuleAnswer.of(each, on) for each in versions_of(known, rule)]
    return RuleVersions(edition=known.edition, at=on, items=items)


@router.get("/trial", responses=refuses(409))
async def try_limit(
    parts: Parts,
    officer: TheOfficer,
    today: Today,
    clock: Annotated[
        str,
        Query(pattern=r"^[a-z0-9_.]{1,80}$", description="`clock` of a limit, or its id."),
    ],
    start: Annotated[Day | None, Query(description="The day that does not count yet.")] = None,
    when: Annotated[list[Condition] | None, Query(max_length=8, description="What is so.")] = None,
    unit: Annotated[Ref | None, Query(description="On the calendar of this unit.")] = None,
    office: Annotated[Ref | None, Query(description="On this office's; one's own else.")] = None,
    known_at: KnownAt = None,
) -> TrialAnswer:
    """By when something would be due, with each skipped day and why (tính thử thời hạn)."""
    begun, law = start or today, _law(parts, known_at)
    owner = owner_of(parts.directory(), officer.office, today, begun, office or "", unit or "")
    limit = await run_in_threadpool(tried, law, clock, begun, when or (), owner)
    return TrialAnswer.of(limit, law.book)


def _law(parts: ApiParts, known_at: date | None) -> Law:
    law = parts.law()
    return law if known_at is None else law.known_on(known_at)
