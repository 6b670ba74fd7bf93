"""What an office asks of its own work (bàn tiếp dân, hộp việc)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Composed

from infra.postgres.views.arrays import texts
from infra.postgres.views.reading import (
    NEVER,
    RUNNING_DUE,
    Reader,
    due_key,
    inbox_item,
    incoming,
    key_in,
    page_of,
    picked,
)
from projections.answers import Awaiting, AwaitingWhat, DeskCounts, InboxItem, Incoming, Page
from projections.asks import Queue
from projections.case_row import CaseRow
from projections.pending_transfers import OfferRow
from projections.petition_row import PetitionRow
from projections.queries import PAGE

OWN = "p.in_charge = %(office)s AND p.ended_on IS NULL"

QUEUES: dict[Queue, str] = {
    Queue.ALL: OWN,
    Queue.MINE: OWN + " AND (%(account)s::text IS NULL OR c.handler IS NULL"
    " OR c.handler = %(account)s)",
    Queue.DUE_SOON: OWN + " AND {due} BETWEEN %(today)s AND %(soon_until)s",
    Queue.OVERDUE: OWN + " AND {due} < %(today)s",
    Queue.DIRECTED: OWN + " AND c.state = 'open' AND c.direction_due IS NOT NULL",
    Queue.RETURNED: OWN + " AND p.state = 'returned'",
    Queue.INCOMING: "p.petition_id IN (SELECT petition_id FROM views.offers"
    " WHERE to_office = %(office)s AND answered_at IS NULL)",
    Queue.FOLLOWED: "p.ended_on IS NULL AND p.in_charge <> %(office)s AND p.petition_id IN"
    " (SELECT petition_id FROM views.offers WHERE from_office = %(office)s AND how = 'accepted')",
    Queue.DECIDE: "p.disputed_superior = %(office)s",
}
"""Which petitions stand in a queue. ``p`` is the petition, ``c`` its case."""

FROM = SQL("views.petitions AS p LEFT JOIN views.cases AS c ON c.case_id = p.case_id")


@dataclass(frozen=True)
class Order:
    """An order of a list of petitions, and how its cursor goes on."""

    by: Composed
    later: Composed
    key: Callable[[InboxItem], Sequence[str]]


def _by_deadline(item: InboxItem) -> tuple[str, str]:
    return str(item.due_on or NEVER), str(item.petition.petition_id)


def _by_receipt(item: InboxItem) -> tuple[str, str]:
    return str(item.petition.received_on), str(item.petition.petition_id)


BY_DEADLINE = Order(
    SQL("coalesce({}, 'infinity'::date), p.petition_id").format(RUNNING_DUE),
    SQL(
        " AND (coalesce({}, 'infinity'::date), p.petition_id)"
        " > (%(after_day)s::date, %(after_id)s::uuid)"
    ).format(RUNNING_DUE),
    _by_deadline,
)

NEWEST_RECEIPT = Order(
    SQL("p.received_on DESC, p.petition_id DESC").format(),
    SQL(" AND (p.received_on, p.petition_id) < (%(after_day)s::date, %(after_id)s::uuid)").format(),
    _by_receipt,
)


def _queue_where(queue: Queue) -> Composed:
    return SQL(QUEUES[queue]).format(due=RUNNING_DUE)


class DeskQueries(Reader):
    """Implements :class:`projections.queries.DeskViews`."""

    def desk_counts(
        self, office: str, *, today: date, soon_until: date, account: str | None = None
    ) -> DeskCounts:
        asked = {"office": office, "today": today, "soon_until": soon_until, "account": account}
        counts = SQL(", ").join(
            SQL("(SELECT count(*) FROM {} WHERE {})").format(FROM, _queue_where(queue))
            for queue in Queue
        )
        query = SQL(
            "SELECT {}, (SELECT coalesce(sum(n), 0) FROM views.office_flow"
            " WHERE office = %(office)s AND day = %(today)s AND what = 'received')::bigint"
        ).format(counts)
        (found,) = self._all(query, asked)
        return DeskCounts(dict(zip(Queue, found[:-1], strict=True)), found[-1])

    def inbox(
        self,
        office: str,
        queue: Queue,
        *,
        today: date,
        soon_until: date,
        account: str | None = None,
        after: str | None = None,
        limit: int = PAGE,
    ) -> Page[InboxItem]:
        asked: dict[str, Any] = {
            "office": office, "today": today, "soon_until": soon_until, "account": account,
            "limit": limit + 1,
        }  # fmt: skip
        return self.items(_queue_where(queue), asked, after, limit)

    def items(
        self,
        where: Composed,
        asked: dict[str, Any],
        after: str | None,
        limit: int,
        order: Order | None = None,
    ) -> Page[InboxItem]:
        """Petitions under a condition, in an order; without one by running deadline and id."""
        order = order or BY_DEADLINE
        if after is not None:
            due, petition = key_in(after, due_key, UUID)
            asked |= {"after_day": due, "after_id": petition}
            where += order.later
        query = SQL("SELECT {}, {} FROM {} WHERE {} ORDER BY {} LIMIT %(limit)s").format(
            picked(PetitionRow, "p"), picked(CaseRow, "c"), FROM, where, order.by
        )
        found = [inbox_item(values) for values in self._all(query, asked)]
        return page_of(found, limit, order.key)

    def incoming(
        self, offices: Sequence[str], *, after: str | None = None, limit: int = PAGE
    ) -> Page[Incoming]:
        return self.waiting_offers(SQL("o.to_office = ANY(%(to)s)"), {"to": texts(offices)},
                                   after, limit)  # fmt: skip

    def waiting_offers(
        self, where: SQL | Composed, asked: dict[str, Any], after: str | None, limit: int
    ) -> Page[Incoming]:
        """Unanswered offers under a condition, by reply date and petition."""
        if after is not None:
            due, petition = key_in(after, date.fromisoformat, UUID)
            asked |= {"after_due": due, "after_id": petition}
            where += SQL(
                " AND (o.reply_due, o.petition_id) > (%(after_due)s::date, %(after_id)s::uuid)"
            )
        query = SQL(
            "SELECT {}, {} FROM views.offers AS o JOIN views.petitions AS p USING (petition_id)"
            " WHERE o.answered_at IS NULL AND {} ORDER BY o.reply_due, o.petition_id"
            " LIMIT %(limit)s"
        ).format(picked(OfferRow, "o"), picked(PetitionRow, "p"), where)
        found = [incoming(values) for values in self._all(query, asked | {"limit": limit + 1})]
        return page_of(found, limit, _offer_key)

    def awaiting_decision(self, offices: Sequence[str]) -> Sequence[Awaiting]:
        petitions = self._rows(PetitionRow, SQL("disputed_superior = ANY(%b)"), [texts(offices)])
        cases = self._rows(
            CaseRow,
            SQL("unconfirmed && %b AND unconfirmed <> '{{}}' AND state <> 'closed'").format(),
            [texts(offices)],
        )
        waiting = [_dispute(petition) for petition in petitions]
        for case in cases:
            waiting += [_told(case, s) for s in case.unconfirmed if s in offices]
        return sorted(waiting, key=lambda item: (item.since, str(item)))


def _offer_key(item: Incoming) -> tuple[str, str]:
    return str(item.offer.reply_due), str(item.offer.petition_id)


def _dispute(petition: PetitionRow) -> Awaiting:
    since = petition.disputed_on or petition.received_on
    superior = petition.disputed_superior or ""
    return Awaiting(AwaitingWhat.COMPETENCE, superior, since, petition, None)


def _told(case: CaseRow, superior: str) -> Awaiting:
    if superior == case.escalated_to:
        since = case.escalated_on or case.opened_on
        return Awaiting(AwaitingWhat.ESCALATION, superior, since, None, case)
    return Awaiting(AwaitingWhat.REPORT, superior, case.reported_on or case.opened_on, None, case)
