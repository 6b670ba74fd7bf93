"""Publishing editions of the rulebook (ban hành bộ quy tắc).

An operator's act: the whole edition is one fact of one stream, so it is there or it is not.
The same content twice records nothing twice.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid5

from domain.codes import Role
from domain.errors import Conflict, Invalid
from domain.events.law import RulebookPublished
from domain.law.editions import RulebookRecord, Rulebooks, SameRulebook, digest_of
from domain.law.reading import Line
from domain.ports import Clock, FactStore, KeyTaken, Receipt, VersionTaken
from domain.streams import NAMESPACE, rulebook_stream
from domain.values import Officer, Signature
from infra.law import carried_edition
from infra.serial import encode

OPERATOR: Final = "system:operator"
RELEASE: Final = "system:release"
OFFICE: Final = "system"
LARGEST_EDITION: Final = 512 * 1024
"""Bytes of the fact: below what a record of the stream may have."""

LineKey = tuple[str, str, str]


class EditionTooLarge(Invalid):
    """An edition is one fact, and no record of the stream may be larger than its limit."""

    code = "edition_too_large"
    title = "Bộ quy tắc quá lớn"


class OtherPublisher(Conflict):
    """Another edition was published while this one was being published."""

    code = "other_publisher"
    title = "Có người vừa ban hành bộ quy tắc khác"


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edition changes of the one before: versions of rules (thay đổi)."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    changed: tuple[tuple[Line, Line], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def changes(before: Iterable[Line], after: Iterable[Line]) -> Changes:
    """Compares version by version: the same rule, entry and first day."""
    old, new = _keyed(before), _keyed(after)
    both = [(old[key], line) for key, line in new.items() if key in old]
    return Changes(
        added=tuple(line for key, line in new.items() if key not in old),
        removed=tuple(line for key, line in old.items() if key not in new),
        changed=tuple((was, line) for was, line in both if was != line),
    )


def _keyed(lines: Iterable[Line]) -> Mapping[LineKey, Line]:
    return {(line["id"], line.get("code", ""), line["from"]): line for line in lines}


def known_rulebooks(store: FactStore) -> Rulebooks:
    """Every edition a store holds. Raises ``UnreadableEdition``, ``StoreUnavailable``."""
    return Rulebooks(carried_edition().book).with_facts(store.load(rulebook_stream()))


def publish(lines: Sequence[Line], store: FactStore, clock: Clock, actor: str = OPERATOR) -> int:
    """Make checked lines the newest edition; its number.

    Refuses: ``SameRulebook``, :class:`EditionTooLarge`, :class:`OtherPublisher`.
    """
    record = RulebookRecord.replay(rulebook_stream(), store.load(rulebook_stream()))
    now = clock.now()
    by = Signature(
        officer=Officer(actor, OFFICE, Role.SYSTEM),
        unit="",
        occurred_at=now,
        recorded_at=now,
        correlation=f"rulebook-{record.version + 1}",
    )
    number = record.publish(lines, by)
    facts = record.collect_events()
    if any(len(encode(fact)) > LARGEST_EDITION for fact in facts):
        raise EditionTooLarge(
            f"Bộ quy tắc lớn hơn {LARGEST_EDITION // 1024} KiB.", mend="Rút gọn ghi chú."
        )
    try:
        store.append(facts, receipt=_receipt(number, lines))
    except KeyTaken:
        return number
    except VersionTaken:
        _must_say_the_same(digest_of(lines), store)
    return number


def _must_say_the_same(digest: str, store: FactStore) -> None:
    """Two that publish the same at once are one edition. Refuses: :class:`OtherPublisher`."""
    first = RulebookRecord.replay(rulebook_stream(), store.load(rulebook_stream()))
    if first.digest != digest:
        raise OtherPublisher(
            f"Ấn bản {first.version} vừa được người khác ban hành với nội dung khác.",
            mend="Xem lại thay đổi (--dry-run) rồi ban hành lại.",
        ) from None


def publish_carried(store: FactStore, clock: Clock) -> int | None:
    """On a new stack, or after an upgrade, the release's own edition; its number if it is news.

    An edition that an operator published stands: an upgrade never takes it back.
    """
    told = store.load(rulebook_stream())
    newest = told[-1] if told else None
    if newest is not None and newest.actor != RELEASE:
        return None
    try:
        return publish(carried_edition().lines, store, clock, RELEASE)
    except SameRulebook:
        return None


def _receipt(number: int, lines: Sequence[Line]) -> Receipt:
    """A key made from number and content: a lost answer is no second edition."""
    digest = digest_of(lines)
    answer: dict[str, Any] = {"edition": number, "digest": digest}
    key = uuid5(NAMESPACE, f"rulebook/{number}/{digest}")
    return Receipt(key, bytes.fromhex(digest), json.dumps(answer).encode())


def lines_of(store: FactStore) -> tuple[Line, ...]:
    """The lines of the newest edition published; none on a store without one."""
    told = [each for each in store.load(rulebook_stream()) if isinstance(each, RulebookPublished)]
    return tuple(told[-1].lines) if told else ()
