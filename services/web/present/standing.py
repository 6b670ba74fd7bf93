"""What a file amounts to at a moment, item by item (hồ sơ lúc đó): for replays and conflicts."""

from collections.abc import Mapping, Sequence

from domain.case import Case
from domain.dossier import Dossier
from domain.events.base import OfficeEvent
from domain.gathering import Gathering
from domain.petition import Petition
from domain.return_mission import ReturnMission
from services.web.models import Moment
from services.web.models.acts import Difference
from services.web.present.facts import is_legal, items, words_of
from services.web.present.words import Names, duration, label, local

LATE = 3600.0
"""Seconds after which a fact recorded later than it happened says so."""


def standing(dossier: Dossier, facts: Sequence[OfficeEvent], names: Names) -> dict[str, str]:
    """Item to words: custody from the file itself, the rest the newest each fact said."""
    told = {term: words for fact in facts for _, term, words in items(fact, names)}
    return {"Diễn biến gần nhất": words_of(facts[-1].TOPIC) if facts else "", **told, **_held(
        dossier, names)}  # fmt: skip


def _held(dossier: Dossier, names: Names) -> Mapping[str, str]:
    match dossier:
        case Petition():
            offer = dossier.offer
            return {
                "Đang chịu trách nhiệm": names.office(dossier.in_charge),
                "Chờ nhận": names.office(offer.to_office) if offer else "Không",
                "Tranh chấp thẩm quyền": names.office(dossier.judge) or "Không",
            }
        case Case():
            return {"Cơ quan giải quyết": names.office(dossier.handling)}
        case Gathering():
            return {
                "Đã tiếp": "Đã tiếp" if dossier.received else "Chưa ai tiếp",
                "Đã về": "Đã về" if dossier.over else "Đang diễn ra",
            }
        case ReturnMission():
            return {
                "Cơ quan phụ trách": names.office(dossier.leading) or "Chưa có",
                "Đồng ý về": str(dossier.consented),
                "Ở lại": str(dossier.declined),
            }
    return {}


def differences(read: Mapping[str, str], now: Mapping[str, str]) -> tuple[Difference, ...]:
    """What changed between two readings, what stayed after it."""
    every = [
        Difference(item, read.get(item, ""), words, changed=read.get(item) != words)
        for item, words in now.items()
    ]
    return tuple(sorted(every, key=lambda line: not line.changed))


def moment_of(fact: OfficeEvent, names: Names) -> Moment:
    """A fact as an entry of a timeline: what, who, for which office, said how late."""
    gap = fact.timestamp - fact.occurred_at
    late = ""
    if gap.total_seconds() > LATE:
        late = f"Ghi lúc {local(fact.timestamp):%d/%m %H:%M}, muộn {duration(gap)}."
    said = "; ".join(
        f"{term}: {words}" for name, term, words in items(fact, names) if name in SHOWN
    )
    who = f"{label(fact.role)}, {names.office(fact.office)}."
    return Moment(
        id=f"change-{fact.originator_version}",
        kind="legal" if is_legal(fact.TOPIC) else "other",
        what=words_of(fact.TOPIC),
        words=f"{who} {said}." if said else who,
        at=local(fact.occurred_at),
        late=late,
    )


SHOWN = frozenset(
    {
        "to_office", "from_office", "ground", "reply_due", "competent_office", "guidance",
        "outcome", "reason", "due", "count", "people", "officers", "vehicles", "on",
        "times_returned", "superior", "representatives", "handler", "lead",
    }
)  # fmt: skip
"""What of a fact a timeline tells beside it."""
