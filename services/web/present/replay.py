"""A file event by event, in the order of recording (tua lại hồ sơ): never live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from domain.dossier import Dossier
from domain.events.base import OfficeEvent
from services.web.models import Choice, DataAge, Field, Link, StateTag
from services.web.models.acts import Subject
from services.web.models.replay import DiffLine, MetaLine, Replay, StateLine, Tick
from services.web.present.facts import is_legal, words_of
from services.web.present.frame import Seat, shell
from services.web.present.standing import standing
from services.web.present.words import duration, label, local

LATE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReplayFacts:
    """A file's kind and facts, the event asked for, and the receipt of the purpose."""

    dossier: Dossier
    facts: Sequence[OfficeEvent]
    n: int
    subject: Subject
    purpose: str
    keep: tuple[tuple[str, str], ...]
    go_to: str = ""
    go_to_error: str = ""


def replay_page(known: ReplayFacts, seat: Seat) -> Replay:
    """The file after event ``n``, and what that event changed."""
    facts, n = known.facts, known.n
    fact = facts[n - 1]
    before, after = (_state(known, seat, count) for count in (n - 1, n))
    here = f"/kiem-tra/{known.dossier.id}"
    role = seat.officer.role.value

    def at(number: int) -> str:
        wanted = {"n": str(number), **dict(known.keep)}
        return f"{here}?{urlencode(wanted)}" if 1 <= number <= len(facts) else ""

    act = words_of(fact.TOPIC)
    recorded = local(fact.timestamp)
    return Replay(
        shell=shell(seat, f"Tua lại {known.subject.number}", age=DataAge("replay", recorded)),
        title=f"Tua lại {known.subject.number}",
        href=here,
        keep=known.keep,
        purpose=f"Mục đích: {known.purpose.lower()}",
        n=n,
        total=len(facts),
        act=act,
        recorded=recorded,
        said=f"sự kiện {n}/{len(facts)}, ghi {recorded:%d/%m/%Y %H:%M}, {act.lower()}",
        ticks=tuple(_tick(each, index, at(index)) for index, each in enumerate(facts, start=1)),
        first=at(1) if n > 1 else "",
        previous=at(n - 1),
        next=at(n + 1),
        last=at(len(facts)) if n < len(facts) else "",
        role=Field("vai", "Vai", role, choices=(Choice(role, label(role)),)),
        go_to=Field("den", "Đến ngày", known.go_to, "ngày/tháng/năm", known.go_to_error),
        state=tuple(
            StateLine(item, words, changed=before.get(item) != words)
            for item, words in after.items()
        ),
        state_note=f"như vai {label(role).lower()} thấy",
        diff=_diff(before, after),
        meta=_meta(fact, seat),
        crumbs=(Link(known.subject.number, known.subject.href),),
    )


def _state(known: ReplayFacts, seat: Seat, count: int) -> dict[str, str]:
    if not count:
        return {}
    facts = known.facts[:count]
    dossier = type(known.dossier).replay(known.dossier.id, facts)
    return standing(dossier, facts, seat.names)


def _tick(fact: OfficeEvent, n: int, href: str) -> Tick:
    late = fact.timestamp - fact.occurred_at > LATE
    return Tick(
        n, f"{local(fact.timestamp):%d/%m}", words_of(fact.TOPIC), href, is_legal(fact.TOPIC),
        "ghi muộn" if late else "",
    )  # fmt: skip


def _diff(before: dict[str, str], after: dict[str, str]) -> tuple[DiffLine, ...]:
    lines = []
    for item, words in after.items():
        was = before.get(item)
        if was is None:
            lines.append(DiffLine("added", item, "", words))
        elif was != words:
            lines.append(DiffLine("changed", item, was, words))
    return tuple(lines)


def _meta(fact: OfficeEvent, seat: Seat) -> tuple[MetaLine, ...]:
    happened, recorded = local(fact.occurred_at), local(fact.timestamp)
    gap = fact.timestamp - fact.occurred_at
    late = StateTag("waiting", f"muộn {duration(gap)}") if gap > LATE else None
    return (
        MetaLine("Ai ghi", f"{label(fact.role)}, {seat.names.office(fact.office)}"),
        MetaLine("Xảy ra", f"{happened:%d/%m/%Y %H:%M}"),
        MetaLine("Ghi lúc", f"{recorded:%d/%m/%Y %H:%M:%S}", mark=late),
        MetaLine("Bản ghi", str(fact.originator_version)),
    )
