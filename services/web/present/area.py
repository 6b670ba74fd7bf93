"""What both boards are made of: figures, crowds, changes, alerts (bảng điều hành)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.codes import Site
from domain.commands.gathering import AcknowledgeGathering
from domain.directory import Unit
from domain.law.calendar import Calendar
from domain.names import in_running_text
from domain.placing import Placing
from projections.answers import Awaiting, Freshness, OfficeSums, ProvinceFigures
from projections.gatherings import GatheringRow
from services import access
from services.api.answers import added_up
from services.web.models import Alert, Figure, GatheringCard, Link, StateTag
from services.web.present.changes import Change
from services.web.present.frame import Seat
from services.web.present.places import place_words
from services.web.present.words import ago, label, moment_words, people

LATELY: Final = timedelta(hours=1)
CALM: Final = "Không có"


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """What the views say of a unit with everything below it, asked at one moment."""

    unit: Unit
    sums: Mapping[str, OfficeSums]
    crowds: Sequence[GatheringRow]
    figures: ProvinceFigures
    awaiting: Sequence[Awaiting]
    changes: Sequence[Change]
    freshness: Freshness
    calendar: Calendar
    placing: Placing
    ways: tuple[tuple[Link, bool], ...] = ()
    """By which units open work may be counted instead."""

    def sums_in(self, unit: str) -> OfficeSums:
        """The figures of a unit with everything below it."""
        return self._sum_of(unit, self.placing.offices_in(unit))

    @property
    def own(self) -> OfficeSums:
        """The figures of the unit's own offices, and of what counts there meanwhile."""
        return self._sum_of("own", self.placing.offices_at(self.unit.unit_id))

    def places_in(self, unit: str) -> frozenset[str]:
        """The units of an area, those that ended in it too."""
        return frozenset((*self.placing.units_in(unit), *self.placing.former_units_in(unit)))

    def _sum_of(self, name: str, offices: Iterable[str]) -> OfficeSums:
        found = (self.sums.get(office) for office in offices)
        return added_up(name, (each for each in found if each is not None))


def list_href(unit: str, queue: str) -> str:
    """The list behind a number of a unit's board."""
    return f"/ds?don-vi={unit}&hang={queue}"


def crowds_href(unit: str, state: str = "") -> str:
    """The crowds of a unit."""
    return f"/doan-dong-nguoi?don-vi={unit}" + (f"&loc={state}" if state else "")


def standing_figure(facts: AreaFacts) -> Figure:
    """Crowds going on, against an hour ago."""
    series, before = facts.figures.gatherings, facts.figures.gatherings_hour_ago
    moved = series.now - before
    trend = f"{'▲' if moved > 0 else '▼'} {abs(moved)} so với 1 giờ trước"
    same = "như 1 giờ trước" if series.now else "Không có đoàn nào"
    return Figure(
        "Đoàn đang diễn ra", series.now, crowds_href(facts.unit.unit_id), series.days,
        trend if moved else same, steady=not moved and not series.now,
    )  # fmt: skip


def alone_figure(facts: AreaFacts, now: datetime) -> Figure:
    """Crowds nobody has received: the one number that must not wait."""
    series, since = facts.figures.not_received, facts.figures.waiting_since
    waiting = None if since is None else ago(since, now, "báo", clock=True)
    return Figure(
        "Đoàn chưa ai tiếp", series.now, crowds_href(facts.unit.unit_id, "chua-tiep"), series.days,
        "" if waiting else "Không có đoàn chờ", waiting, urgent=series.now > 0,
    )  # fmt: skip


def pending_figure(facts: AreaFacts) -> Figure:
    """Offers not accepted."""
    series, late = facts.figures.pending, facts.figures.pending_late
    words = f"{late} đơn đã quá hạn nhận" if late else "chưa đơn nào quá hạn nhận"
    return Figure(
        "Chuyển đến chưa nhận", series.now, list_href(facts.unit.unit_id, "chua-nhan"),
        series.days, words if series.now else "Tất cả đã nhận",
    )  # fmt: skip


def overdue_figure(facts: AreaFacts, today: date) -> Figure:
    """Petitions without an answer and cases without a decision past their day."""
    series, oldest = facts.figures.overdue, facts.figures.overdue_oldest
    days = 0 if oldest is None else (today - oldest).days
    return Figure(
        "Quá hạn", series.now, list_href(facts.unit.unit_id, "qua-han"), series.days,
        f"lâu nhất {days} ngày" if series.now else "Không có đơn quá hạn",
        urgent=False,
    )  # fmt: skip


def returns_figure(facts: AreaFacts) -> Figure:
    """Missions under way, with the answers by count."""
    figures = facts.figures
    words = f"{figures.consented} người đồng ý, {figures.declined} ở lại"
    return Figure(
        "Đang hỗ trợ về", figures.returns.now, f"/ho-tro-ve?don-vi={facts.unit.unit_id}",
        figures.returns.days, words if figures.returns.now else "Không có đợt nào",
    )  # fmt: skip


def crowd_state(row: GatheringRow) -> StateTag:
    """A crowd's state in a word and a shape."""
    if row.dispersed_at is not None:
        return StateTag("plain", "Đã kết thúc")
    if row.received_at is None:
        return StateTag("alone", "Chưa ai tiếp")
    return StateTag("done", "Đã tiếp")


def crowd_card(row: GatheringRow, seat: Seat, *, wall: bool = False) -> GatheringCard:
    """A crowd on a board; a wall shows of those already received where and how many."""
    names, today = seat.names, seat.today
    alone = row.received_at is None
    whole = alone or not wall
    come = ", ".join(names.head(office) for office in row.must_come)
    return GatheringCard(
        id=str(row.gathering_id),
        place=place_words(row, seat),
        href=f"/su-viec/{row.gathering_id}",
        state=crowd_state(row),
        people=people(row.count_low, row.count_high),
        counted=f", đếm lúc {moment_words(row.counted_at, today)}",
        ago=ago(row.reported_at, seat.now, "báo"),
        issue=f"{label(row.issue)} · quê {in_running_text(names.unit(row.home))}" if whole else "",
        must=who_receives(row, seat) if whole else "",
        must_label="Phải tiếp" if alone else "Đã tiếp",
        also=f"Phải có mặt: {come}" if alone and come and not wall else "",
    )


def who_receives(row: GatheringRow, seat: Seat) -> str:
    """The person who must receive a crowd, or whoever has; a deputy is named by the office."""
    names = seat.names
    if row.received_office is None:
        return names.head(row.must_receive)
    return (names.head if row.in_person else names.office)(row.received_office)


def alerts(facts: AreaFacts, seat: Seat) -> tuple[Alert, ...]:
    """Crowds nobody receives that the reader's office has not said it knows of."""
    may = access.may(AcknowledgeGathering, seat.officer.role)
    return tuple(
        alert(row, seat, may_say=may)
        for row in facts.crowds
        if row.received_at is None and seat.officer.office not in row.acknowledged
    )


def alert(row: GatheringRow, seat: Seat, *, may_say: bool) -> Alert:
    """One crowd that must not wait."""
    names, here = seat.names, f"/su-viec/{row.gathering_id}"
    told = may_say and is_told(row, seat)
    return Alert(
        id=str(row.gathering_id),
        label="Đoàn chưa ai tiếp",
        at=moment_words(row.reported_at, seat.today),
        lead=place_words(row, seat),
        words=f", {people(row.count_low, row.count_high)}."
        f" Phải tiếp: {names.head(row.must_receive)}.",
        open=Link("Mở sự việc", here),
        acknowledge_href=f"{here}/da-biet" if told else "",
    )


def is_told(row: GatheringRow, seat: Seat) -> bool:
    """Whether the reader's office was told of a crowd, as far as the view knows."""
    directory, on = seat.directory, seat.today
    home = directory.find_office(row.home, on)
    first = {row.office, row.must_receive, *row.must_come, *((home.office_id,) if home else ())}
    standing = [office for office in first if directory.find_office(office, on)]
    above = {up.office_id for each in standing for up in directory.superiors_of(each, on)}
    return seat.officer.office in first | above


OUTSIDE: Final = (
    (Site.PROVINCE_OFFICE, "Trụ sở TCD tỉnh"),
    (Site.HANOI, "Hà Nội"),
    (Site.HO_CHI_MINH_CITY, "TP. Hồ Chí Minh"),
)
"""The ends of the ladder that stand beside the map."""
