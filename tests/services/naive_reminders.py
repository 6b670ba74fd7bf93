"""Who should have been told by now, worked out day by day from the whole history: slow and plain.

Nothing here is shared with the policies but the words: no engine, no calendar, no dossier. It
knows proposals, complaints and their cases, crowds, returns, and the offices of the little country.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM, NGHIA_PHUONG

Facts = Sequence[Any]
Closed = set[tuple[str, date]]
Told = tuple[Any, ...]
"""Kind, file, what tells it apart, who answers, who is told, when it fell."""

ABOVE = {CAM_LY: LUC_NAM, NGHIA_PHUONG: LUC_NAM, LUC_NAM: BAC_GIANG}
HOLIDAYS = {date(2025, 9, 1), date(2025, 9, 2)}
SEVEN_HOURS = timedelta(hours=7)
ONE = timedelta(days=1)


def should_be_told(facts: Facts, now: datetime) -> set[Told]:
    """Every reminder that fell until now, of what still waits after these facts."""
    closed = {
        (fact.place, fact.first_day) for fact in facts if fact.TOPIC == "calendar.office_closed"
    }
    files: dict[object, list[Any]] = {}
    for fact in facts:
        files.setdefault(fact.originator_id, []).append(fact)
    found: set[Told] = set()
    for file in files.values():
        teller = {
            "petition.received": of_petition, "case.opened": of_case,
            "gathering.reported": of_crowd, "return_mission.requested": of_mission,
        }.get(file[0].TOPIC)  # fmt: skip
        if teller is not None:
            found |= {told for told in teller(file, closed) if told[-1] <= now}
    return found


def of_petition(file: Facts, closed: Closed) -> Iterator[Told]:
    """The reply, ten working days from receipt, and the offer that waits.

    Of a complaint also whether it is accepted, ten days since its office has it, unless it was
    offered to another. Taken up, it is answered and waits for nothing.
    """
    first, office, offer = file[0], file[0].office, None
    held = received = day(first.occurred_at)
    for fact in file:
        match fact.TOPIC:
            case "petition.citizen_guided" | "petition.taken_up":
                return
            case "petition.transferred":
                offer = fact
            case "petition.accepted":
                office, offer, held = fact.office, None, day(fact.occurred_at)
            case "petition.returned" | "petition.recalled":
                offer = None
    due = later(received, 10, office, closed)
    yield from of_clock(first.originator_id, "reply.citizen", received, due, office, closed)
    if offer is None and first.kind == "complaint":
        due = held + timedelta(days=10)
        yield from of_clock(first.originator_id, "acceptance", held, due, office, closed)
    if offer is not None:
        yield (
            "offer_unanswered", first.originator_id, offer.offer, office, offer.to_office,
            begin(offer.reply_due + ONE),
        )  # fmt: skip


def of_case(file: Facts, closed: Closed) -> Iterator[Told]:
    """The settlement, thirty days from opening; then sending the decision, three working days.

    And each report that nobody confirmed.
    """
    first, office, decided = file[0], file[0].office, None
    reports: dict[str, Any] = {}
    directions: list[Any] = []
    for fact in file:
        match fact.TOPIC:
            case "case.closed":
                return
            case "case.decision_issued":
                decided = fact.decided_on
            case "case.reported_upward":
                reports[fact.to_office] = fact
                directions = [each for each in directions if each.office != fact.to_office]
            case "case.direction_issued":
                directions.append(fact)
            case "case.acknowledged":
                reports.pop(fact.office, None)
    opened = day(first.occurred_at)
    if decided is None:
        due = opened + timedelta(days=30)
        yield from of_clock(first.originator_id, "settlement", opened, due, office, closed)
        for each in directions:
            number, begun = each.originator_version, day(each.occurred_at)
            named = ("direction_due", "direction_unanswered")
            yield from of_day(named, first.originator_id, number, begun, each.due, office, closed)
    else:
        due = later(decided, 3, office, closed)
        yield from of_clock(first.originator_id, "decision_sent", decided, due, office, closed)
    for superior, report in reports.items():
        due = later(day(report.occurred_at), 1, superior, closed)
        version = report.originator_version
        yield "report", first.originator_id, version, office, superior, begin(due + ONE)


def of_crowd(file: Facts, closed: Closed) -> Iterator[Told]:
    """An hour for each office on the way up, as long as nobody received it and it stands."""
    del closed
    first, office = file[0], file[0].must_receive
    if any(fact.TOPIC in ("gathering.crowd_received", "gathering.dispersed") for fact in file):
        return
    for rung, told in enumerate(line(office)):
        at = first.timestamp + timedelta(hours=rung + 1)
        yield "crowd", first.originator_id, rung, office, told, at


def of_mission(file: Facts, closed: Closed) -> Iterator[Told]:
    """The reception at home, on the newest day set, until it was held."""
    waiting = None
    for fact in file:
        match fact.TOPIC:
            case "return_mission.follow_up_scheduled":
                waiting = fact
            case "return_mission.follow_up_held":
                waiting = None
    if waiting is not None:
        on, named = waiting.on, ("follow_up_due", "follow_up_not_held")
        begun, stream = day(waiting.occurred_at), waiting.originator_id
        yield from of_day(named, stream, on, begun, on, waiting.host_office, closed)


def of_day(
    named: tuple[str, str], subject: object, apart: object, start: date, due: date, office: str,
    closed: Closed,
) -> Iterator[Told]:  # fmt: skip
    """Once before a day set by somebody, or on it; then every third working day upwards."""
    soon = before(due, office, closed)
    soon = soon if soon > start else due
    yield named[0], subject, apart, office, office, begin(soon)
    for rung, told in enumerate(line(office)):
        late = later(due, 3 * rung, office, closed) + ONE
        yield named[1], subject, (apart, rung), office, told, begin(late)


def of_clock(
    subject: object, clock: str, start: date, due: date, office: str, closed: Closed
) -> Iterator[Told]:
    """Two working days before, on the day, the day after, every third working day upwards."""
    soon = before(due, office, closed)
    if soon > start:
        yield "due_soon", subject, (clock, due), office, office, begin(soon)
    yield "due", subject, (clock, due), office, office, begin(due)
    for rung, told in enumerate(line(office)):
        late = later(due, 3 * rung, office, closed) + ONE
        yield "overdue", subject, (clock, due, rung), office, told, begin(late)


def before(due: date, office: str, closed: Closed) -> date:
    """Two working days before."""
    soon, left = due, 2
    while left or not works(soon, office, closed):
        left -= works(soon, office, closed) and left > 0
        soon -= ONE
    return soon


def line(office: str) -> Iterator[str]:
    """An office and all above it."""
    at: str | None = office
    while at is not None:
        yield at
        at = ABOVE.get(at)


def later(start: date, days: int, office: str, closed: Closed) -> date:
    """So many working days on."""
    at = start
    while days:
        at += ONE
        days -= works(at, office, closed)
    return at


def works(at: date, office: str, closed: Closed) -> bool:
    """Whether an office works on a day."""
    return at.weekday() < 5 and at not in HOLIDAYS and (office, at) not in closed


def day(moment: datetime) -> date:
    """The day in Vietnam."""
    return (moment + SEVEN_HOURS).date()


def begin(at: date) -> datetime:
    """Midnight in Vietnam."""
    return datetime(at.year, at.month, at.day, tzinfo=UTC) - SEVEN_HOURS


def told_by(fact: Any) -> Told:
    """A recorded reminder in the same words."""
    match fact.TOPIC:
        case "reminder.due_soon" | "reminder.due":
            apart: object = (fact.clock, fact.due)
        case "reminder.overdue":
            apart = (fact.clock, fact.due, fact.rung)
        case "reminder.offer_unanswered":
            apart = fact.offer
        case "reminder.report_unacknowledged":
            apart = fact.report
        case "reminder.direction_due":
            apart = fact.direction
        case "reminder.direction_unanswered":
            apart = (fact.direction, fact.rung)
        case "reminder.follow_up_due":
            apart = fact.due
        case "reminder.follow_up_not_held":
            apart = (fact.due, fact.rung)
        case _:
            apart = fact.rung
    kind = fact.TOPIC.partition(".")[2]
    named = {"report_unacknowledged": "report", "crowd_not_received": "crowd"}.get(kind, kind)
    return named, fact.subject, apart, fact.office, fact.to_office, fact.occurred_at


GROUPS = {
    "due_soon": "clock", "due": "clock", "overdue": "clock", "offer_unanswered": "offer",
    "report": "report", "crowd": "crowd", "direction_due": "direction",
    "direction_unanswered": "direction", "follow_up_due": "follow_up",
    "follow_up_not_held": "follow_up",
}  # fmt: skip


def should_stand(facts: Facts, now: datetime) -> set[Told]:
    """What must stand on the lists of the offices: group, file, what it is about, rung, office."""
    found: set[Told] = set()
    for kind, subject, apart, _, office, _ in should_be_told(facts, now):
        said = apart if isinstance(apart, tuple) else (apart,)
        rung = 0
        if kind in ("overdue", "crowd") or kind.endswith(("unanswered", "not_held")):
            said, rung = (said, 0) if kind == "offer_unanswered" else (said[:-1], said[-1])
        found.add((GROUPS[kind], subject, tuple(map(str, said)), rung, office))
    return found


def stands(matter: str, subject: object, office: str) -> Told:
    """A line of such a list in the same words."""
    group, *said, rung = matter.split("/")
    return group, subject, tuple(said[:1] if group == "offer" else said), int(rung), office
