"""What an office asks of its own work (bàn tiếp dân, hộp việc)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from psycopg.sql import SQL, Composed

from infra.postgres.views.arrays import texts
from infra.postgres.views.paging import NEVER, Asked, Key, Order, a_day, a_due_day, an_id
from infra.postgres.views.reading import RUNNING_DUE, Reader, inbox_item, incoming, picked
from projections.answers import (
    Awaiting,
    AwaitingWhat,
    DeskCounts,
    InboxItem,
    Incoming,
    Page,
    Sieve,
    everything,
)
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


def _by_deadline(item: InboxItem) -> tuple[str, str]:
    return str(item.due_on or NEVER), str(item.petition.petition_id)


def _by_receipt(item: InboxItem) -> tuple[str, str]:
    return str(item.petition.received_on), str(item.petition.petition_id)


BEHIND, DAY_AND_ID = ("after_day", "after_id"), (a_due_day, an_id)

BY_DEADLINE: Order[InboxItem] = Order(
    SQL("coalesce({}, 'infinity'::date), p.petition_id").format(RUNNING_DUE),
    SQL(
        " AND (coalesce({}, 'infinity'::date), p.petition_id)"
        " > (%(after_day)s::date, %(after_id)s::uuid)"
    ).format(RUNNING_DUE),
    BEHIND,
    DAY_AND_ID,
    _by_deadline,
)

NEWEST_RECEIPT: Order[InboxItem] = Order(
    SQL("p.received_on DESC, p.petition_id DESC").format(),
    SQL(" AND (p.received_on, p.petition_id) < (%(after_day)s::date, %(after_id)s::uuid)").format(),
    BEHIND,
    DAY_AND_ID,
    _by_receipt,
)


def _offer_key(item: Incoming) -> tuple[str, str]:
    return str(item.offer.reply_due), str(item.offer.petition_id)


BY_REPLY_DUE: Order[Incoming] = Order(
    SQL("o.reply_due, o.petition_id").format(),
    SQL(" AND (o.reply_due, o.petition_id) > (%(after_day)s::date, %(after_id)s::uuid)").format(),
    BEHIND,
    (a_day, an_id),
    _offer_key,
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
        seen: Sieve[InboxItem] = everything,
    ) -> Page[InboxItem]:
        asked = {"office": office, "today": today, "soon_until": soon_until, "account": account}
        return self.items(_queue_where(queue), asked, Asked(after, limit, seen), BY_DEADLINE)

    def items(
        self, where: Composed, asked: dict[str, Any], page: Asked[InboxItem],
        order: Order[InboxItem],
    ) -> Page[InboxItem]:  # fmt: skip
        """Petitions under a condition, in an order."""

        def read(behind: Key | None, count: int) -> Sequence[InboxItem]:
            query = SQL("SELECT {}, {} FROM {} WHERE {}{} ORDER BY {} LIMIT %(limit)s").format(
                picked(PetitionRow, "p"), picked(CaseRow, "c"), FROM,
                where, order.going_on(behind), order.by,
            )  # fmt: skip
            found = self._all(query, asked | order.behind(behind) | {"limit": count})
            return [inbox_item(values) for values in found]

        return page.page(read, order.key, *order.kinds)

    def incoming(
        self, offices: Sequence[str], *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[Incoming] = everything,
    ) -> Page[Incoming]:  # fmt: skip
        where, asked = SQL("o.to_office = ANY(%(to)s)"), {"to": texts(offices)}
        return self.waiting_offers(where, asked, Asked(after, limit, seen))

    def waiting_offers(
        self, where: SQL | Composed, asked: dict[str, Any], page: Asked[Incoming]
    ) -> Page[Incoming]:
        """Unanswered offers under a condition, by reply date and petition."""

        def read(behind: Key | None, count: int) -> Sequence[Incoming]:
            query = SQL(
                "SELECT {}, {} FROM views.offers AS o JOIN views.petitions AS p"
                " USING (petition_id) WHERE o.answered_at IS NULL AND {}{}"
                " ORDER BY {} LIMIT %(limit)s"
            ).format(
                picked(OfferRow, "o"), picked(PetitionRow, "p"),
                where, BY_REPLY_DUE.going_on(behind), BY_REPLY_DUE.by,
            )  # fmt: skip
            found = self._all(query, asked | BY_REPLY_DUE.behind(behind) | {"limit": count})
            return [incoming(values) for values in found]

        return page.page(read, BY_REPLY_DUE.key, *BY_REPLY_DUE.kinds)

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


def _dispute(petition: PetitionRow) -> Awaiting:
    since = petition.disputed_on or petition.received_on
    superior = petition.disputed_superior or ""
    return Awaiting(AwaitingWhat.COMPETENCE, superior, since, petition, None)


def _told(case: CaseRow, superior: str) -> Awaiting:
    if superior == case.escalated_to:
        since = case.escalated_on or case.opened_on
        return Awaiting(AwaitingWhat.ESCALATION, superior, since, None, case)
    return Awaiting(AwaitingWhat.REPORT, superior, case.reported_on or case.opened_on, None, case)
