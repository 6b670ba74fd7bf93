"""Which office is competent, by the law and the tree of a day (thẩm quyền)."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from domain.codes import Field, PetitionKind
from domain.competent_office import Competent, competent_office
from domain.law.terms import Official, Question
from services.api.answers import OfficeAnswer
from services.api.bodies.base import Day, Ref
from services.api.deps import Parts, TheOfficer, Today
from services.api.known import At, TheDirectory
from services.api.problems import refuses

router = APIRouter(prefix="/api/v1/competence", tags=["directory"], responses=refuses())


class CompetenceAnswer(BaseModel):
    """Who decides, in which office, by which article. No office: it is not in the directory."""

    decides: Official
    term: str
    office: OfficeAnswer | None
    rule: str | None
    article: str | None
    verified: bool | None

    @classmethod
    def of(cls, found: Competent) -> "CompetenceAnswer":
        """From what was found."""
        rule = found.rule
        return cls(
            decides=found.decides,
            term=found.decides.term,
            office=None if found.office is None else OfficeAnswer.of(found.office),
            rule=None if rule is None else rule.rule_id,
            article=None if rule is None else rule.article,
            verified=None if rule is None else rule.verified,
        )


@router.get("")
async def read_competence(
    parts: Parts,
    directory: TheDirectory,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    kind: PetitionKind,
    unit: Annotated[Ref, Query(description="Where the matter lies.")],
    field: Field = Field.OTHER,
    accused: Annotated[
        Ref | None, Query(description="The office whose act it is; the unit's committee if none.")
    ] = None,
    question: Question = Question.FIRST,
    at: At = None,
    known_at: Day | None = None,
) -> CompetenceAnswer | None:
    """Who settles a matter, the first time or the second; null where the rules name nobody."""
    on, law = at or today, parts.law()
    book = (law if known_at is None else law.known_on(known_at)).book
    where = directory.get_unit(unit, on, pointer="query/unit")
    office = None if accused is None else directory.find_office(accused, on)
    found = competent_office(
        kind,
        field,
        where.unit_id,
        on,
        directory=directory,
        rules=book,
        accused=accused if office is None else office.office_id,
        question=question,
    )
    return None if found is None else CompetenceAnswer.of(found)
