"""The rulebook as pages: what is in force on a day, and every version of a rule (quy định)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from domain.law.law import Law
from domain.law.provisions import Choice, Extension, Provision, Rule
from domain.law.reading import SORTS
from domain.law.rulebook import Rulebook
from domain.law.wording import says
from services.law_answers import Version, version_of
from services.web import formats
from services.web.models import EmptyState, Link
from services.web.models.law import LawPage, RuleGroup, RuleLine, RulePage, Trial
from services.web.present.days import AsOf
from services.web.present.frame import Seat, shell

ADDRESS: Final = "/luat"
TITLE: Final = "Quy định áp dụng"
LIMITS: Final = ""
"""The word in the address for what most look for: limits of every book."""
REGIMES_SINCE: Final = date(2025, 1, 1)
"""Regimes before the reform of 2025 are one: the laws of 2011, 2013 and 2018."""
MOST_REGIMES: Final = 8
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the address says: of which day, as known on which, which book."""

    day: AsOf
    book: str = LIMITS

    def link(self, **other: str) -> str:
        """The address with some of it changed."""
        asked = {"so": self.book, **_days(self.day), **other}
        words = urlencode({name: value for name, value in asked.items() if value})
        return f"{ADDRESS}?{words}" if words else ADDRESS


def law_page(law: Law, looked: Looked, seat: Seat, trial: Trial) -> LawPage:
    """The rules in force, by book; ``law`` as it was known on the day asked."""
    day, book = looked.day, law.book
    groups = tuple(_groups(book, looked))
    count = sum(len(group.rules) for group in groups)
    return LawPage(
        shell=shell(seat, TITLE, here=ADDRESS),
        title=f"{TITLE} ngày {formats.day(day.on)}",
        summary=f"{edition_words(book)}, {count} quy định.",
        day=day.pick(ADDRESS, asks_known=True, keep=(("so", looked.book),)),
        regimes=tuple(_regimes(book, looked)),
        books=tuple(_books(book, looked)),
        groups=groups,
        trial=trial,
        empty=None if groups else EmptyState("Ngày này không có quy định nào trong sổ này."),
    )


def rule_page(versions: Sequence[Version], law: Law, day: AsOf, seat: Seat) -> RulePage:
    """Every version, the entries of a list one after another, the one in force marked."""
    first = versions[0].provision
    title = first.list_term if isinstance(first, Choice) else first.term
    places = dict.fromkeys(each.provision.place for each in versions)
    return RulePage(
        shell=shell(seat, title, here=ADDRESS),
        crumbs=(Link(TITLE, Looked(day).link()), Link(first.book, Looked(day, first.book).link())),
        title=title,
        code=first.rule_id,
        summary=f"{edition_words(law.book)}. Đánh dấu quy định có hiệu lực {formats.day(day.on)}.",
        groups=tuple(
            RuleGroup(
                f"r-{at}",
                _entry_title(place, versions),
                tuple(line(v, day, title=False) for v in versions if v.provision.place == place),
            )
            for at, place in enumerate(places)
        ),
    )


def edition_words(book: Rulebook) -> str:
    """Which edition it is."""
    return f"Bộ quy tắc ấn bản {book.edition}" if book.edition else "Bộ quy tắc kèm hệ thống"


def line(version: Version, day: AsOf, *, title: bool = True) -> RuleLine:
    """A version as a line of a table."""
    one = version.provision
    return RuleLine(
        term=one.term if title else validity(one),
        says=says(one),
        article=one.article,
        validity=validity(one),
        read="Đã đối chiếu" if one.verified else "Chưa đối chiếu văn bản gốc",
        unread=not one.verified,
        href=f"{ADDRESS}/{one.rule_id}?{urlencode(_days(day))}".rstrip("?") if title else "",
        notes=tuple(filter(None, (one.note, one.ended_by and f"Hết hiệu lực: {one.ended_by}"))),
        beside=tuple(_beside(version)),
        current=not title and one.holds_on(day.on),
        attempt=_attempt(one, day) if one.holds_on(day.on) else None,
    )


def validity(one: Provision) -> str:
    """From which day on, and until when."""
    since = f"từ {formats.day(one.valid_from)}"
    return since if one.valid_until is None else f"{since} đến {formats.day(one.valid_until)}"


def _beside(version: Version) -> Iterator[str]:
    former, after = version.former, version.next
    if former is not None:
        until = former.valid_until or version.provision.valid_from - ONE_DAY
        yield f"Trước đó, đến {formats.day(until)}: {says(former)} ({former.article})"
    if after is not None:
        yield f"Từ {formats.day(after.valid_from)}: {says(after)} ({after.article})"


def _attempt(one: Provision, day: AsOf) -> Link | None:
    """The test box, filled in for this rule."""
    if not isinstance(one, Rule):
        return None
    asked = [("dong-ho", one.runs), *(("khi", each.value) for each in sorted(one.when))]
    start = ("tu", formats.day(day.on))
    words = urlencode([*_days(day).items(), *asked, start])
    return Link("Tính thử", f"{ADDRESS}?{words}#thu")


def _days(day: AsOf) -> dict[str, str]:
    asked = {} if day.on == day.today else {"ngay": formats.day(day.on)}
    return asked if day.known is None else {**asked, "biet": formats.day(day.known)}


def _groups(book: Rulebook, looked: Looked) -> Iterator[RuleGroup]:
    """By book the limits and extensions; of one book everything, lists by their names."""
    found: dict[str, list[Provision]] = {}
    for each in book.holding_on(looked.day.on):
        if looked.book in (LIMITS, each.book):
            if looked.book == LIMITS and not isinstance(each, Rule | Extension):
                continue
            found.setdefault(_heading(each, looked), []).append(each)
    for at, (title, rules) in enumerate(found.items()):
        lines = (line(version_of(book, each), looked.day) for each in rules)
        yield RuleGroup(f"g-{at}", title, tuple(lines))


HEADINGS: Final = {
    "limit": "Thời hạn",
    "extension": "Gia hạn",
    "threshold": "Ngưỡng số người",
    "measure": "Số đo",
    "competence": "Thẩm quyền",
    "duty": "Lịch trực tiếp tiếp công dân",
    "representatives": "Người đại diện",
    "transition": "Chuyển tiếp",
    "document": "Văn bản áp dụng",
}


def _heading(one: Provision, looked: Looked) -> str:
    if looked.book == LIMITS:
        return one.book
    if isinstance(one, Choice):
        return one.list_term
    return next(HEADINGS[sort] for sort, (cls, _) in SORTS.items() if type(one) is cls)


def _entry_title(place: tuple[str, ...], versions: Sequence[Version]) -> str:
    newest = [v.provision for v in versions if v.provision.place == place][-1]
    return newest.term


def _regimes(book: Rulebook, looked: Looked) -> Iterator[tuple[Link, bool]]:
    """The days from which on something else held; before the first of them, all was as it was."""
    begun = {each.valid_from for each in book.provisions if each.valid_from > REGIMES_SINCE}
    ended = {
        each.valid_until + ONE_DAY
        for each in book.provisions
        if each.valid_until is not None and each.valid_until >= REGIMES_SINCE
    }
    days = sorted(begun | ended)[-MOST_REGIMES:]
    spans = [(None, days[0] if days else None), *zip(days, [*days[1:], None], strict=True)]
    for first, after in spans:
        words = (
            f"Từ {formats.day(first)}" if first else f"Trước {formats.day(after)}" if after else ""
        )
        if not words:
            continue
        on = first or (after - ONE_DAY if after else looked.day.on)
        here = (first is None or first <= looked.day.on) and (
            after is None or looked.day.on < after
        )
        yield Link(words, looked.link(ngay=formats.day(on))), here


def _books(book: Rulebook, looked: Looked) -> Iterator[tuple[Link, bool]]:
    yield Link("Mọi thời hạn", looked.link(so="")), looked.book == LIMITS
    for name in dict.fromkeys(each.book for each in book.provisions):
        yield Link(name, looked.link(so=name)), looked.book == name
