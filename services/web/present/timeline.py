"""The course of a file, newest first, and what it waits for now (diễn biến)."""

from collections.abc import Sequence
from typing import Final

from domain.events.base import OfficeEvent
from projections.access_log import AccessRow
from services.web.models import EmptyState, Moment
from services.web.models.dossier import Tab, Timeline
from services.web.present.facts import is_legal, words_of
from services.web.present.reminders import reminder_moment
from services.web.present.standing import moment_of
from services.web.present.words import Names, label, local

FILTERS: Final = {"": "Tất cả", "phap-ly": "Việc pháp lý", "xem": "Ai đã xem"}


def timeline(
    facts: Sequence[OfficeEvent],
    reads: Sequence[AccessRow],
    names: Names,
    here: str,
    shown: str = "",
    waits: Moment | None = None,
    reminders: Sequence[OfficeEvent] = (),
) -> Timeline:
    """The entries under a filter; readings and reminders stand among the acts but are not counted
    as such.
    """
    acts = [moment_of(fact, names) for fact in facts]
    legal = [entry for entry, fact in zip(acts, facts, strict=True) if is_legal(fact.TOPIC)]
    looked = [_read(row, names) for row in reads]
    told = [reminder_moment(each, names, here) for each in reminders]
    every = {"": [*acts, *looked, *told], "phap-ly": legal, "xem": looked}
    picked = every.get(shown, every[""])
    newest = reversed(picked)  # of one moment, the one recorded last stands first
    ordered = sorted(newest, key=lambda entry: (entry.at is not None, entry.at), reverse=True)
    counts = {"": len(acts), "phap-ly": len(legal), "xem": len(looked)}
    return Timeline(
        filters=tuple(
            Tab(words, f"{here}?loc={word}" if word else here, counts[word], word == shown)
            for word, words in FILTERS.items()
        ),
        moments=(*((waits,) if waits and not shown else ()), *ordered),
        empty=None if ordered else EmptyState("Chưa có mục nào."),
    )


def _read(row: AccessRow, names: Names) -> Moment:
    who = f"{label(row.role)}, {names.office(row.office)}. Mục đích: {label(row.purpose).lower()}."
    return Moment(
        id=f"read-{row.stream}-{row.version}",
        kind="read",
        what=words_of(row.what),
        words=who,
        at=local(row.occurred_at),
    )
