"""Open cases whose handler has left, page by page, until the head hands them on (việc bàn giao).

Handing on is the head's own act, :class:`domain.commands.case.AssignHandler`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from domain.directory import Directory
from projections.answers import Page, Sieve, everything
from projections.case_row import CaseRow
from projections.resting import AT_ONCE, RestingViews


def leavers_work(
    views: RestingViews,
    directory: Directory,
    offices: Iterable[str],
    on: date,
    *,
    after: str | None = None,
    limit: int = AT_ONCE,
    seen: Sieve[CaseRow] = everything,
) -> Page[CaseRow]:
    """Cases of these offices that rest on somebody who holds no post there any more."""
    return views.handled_by(leavers(directory, offices, on), after=after, limit=limit, seen=seen)


def leavers(directory: Directory, offices: Iterable[str], on: date) -> Mapping[str, Sequence[str]]:
    """The accounts that left each of these offices and came back to no post in it."""
    gone = {
        office: [held.account for held in directory.posts.leavers(office, on)] for office in offices
    }
    return {office: accounts for office, accounts in gone.items() if accounts}
