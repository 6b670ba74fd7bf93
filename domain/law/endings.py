"""For which reasons a case may end (lý do kết thúc): by its kind and the law of the day. Pure."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from domain.codes import LABELS, ClosureReason, PetitionKind
from domain.law.rulebook import Rulebook
from domain.law.terms import Topic
from domain.refusals.case import ClosingNeedsDecision
from domain.refusals.settlement import GroundUnknown

Reasons = frozenset[ClosureReason]

SETTLED: Final[Mapping[PetitionKind, Reasons]] = {
    PetitionKind.COMPLAINT: frozenset({ClosureReason.DECISION_CARRIED_OUT, ClosureReason.ANSWERED}),
    PetitionKind.DENUNCIATION: frozenset(
        {ClosureReason.DECISION_CARRIED_OUT, ClosureReason.ANSWERED}
    ),
    PetitionKind.PROPOSAL: frozenset({ClosureReason.ANSWERED}),
    PetitionKind.FEEDBACK: frozenset({ClosureReason.ANSWERED}),
}
"""How a case ends that was decided or answered."""

UNLISTED: Final[Mapping[PetitionKind, Reasons]] = dict.fromkeys(
    (PetitionKind.PROPOSAL, PetitionKind.FEEDBACK),
    frozenset({ClosureReason.WITHDRAWN, ClosureReason.OBJECT_GONE, ClosureReason.COURT_TOOK_OVER}),
)
"""What ends undecided where no law lists grounds: nobody is owed a decision any more."""


def termination_grounds(kind: PetitionKind, taken_up_on: date, on: date, book: Rulebook) -> Reasons:
    """For what such a file ends undecided by the law that governs it on a day (đình chỉ)."""
    governing = book.governing_day(Topic.TERMINATION, taken_up_on, on)
    listed = {each.code for each in book.choices_on(f"{kind}.termination", governing)}
    return UNLISTED.get(kind, frozenset()) | {each for each in ClosureReason if each in listed}


def reasons_to_close(
    kind: PetitionKind, taken_up_on: date, on: date, book: Rulebook, *, decided: bool
) -> Reasons:
    """Every reason that a case may be closed for on a day."""
    settled = SETTLED[kind] if decided else frozenset[ClosureReason]()
    return settled | termination_grounds(kind, taken_up_on, on, book)


def must_end_for(
    reason: ClosureReason,
    kind: PetitionKind,
    grounds: Collection[ClosureReason],
    *,
    decided: bool,
) -> None:
    """Whether it may be closed for this. ``grounds``: for what it ends undecided.

    Refuses: ``GroundUnknown``, ``ClosingNeedsDecision``.
    """
    if reason in grounds:
        return
    if reason not in SETTLED[kind]:
        raise GroundUnknown(
            f"“{LABELS[reason]}” không phải lý do kết thúc loại vụ việc này.", pointer="/reason"
        )
    if not decided:
        raise ClosingNeedsDecision(
            "Với lý do này, phải có quyết định hoặc trả lời trước khi kết thúc.",
            pointer="/reason",
        )
