"""One crowd (đoàn đông người), phone first: where, how many, who must do what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.events.base import OfficeEvent
from domain.names import in_running_text
from projections.answers import Freshness
from projections.gatherings import GatheringRow
from projections.resting import of_gathering
from projections.return_missions import MissionRow
from services import access
from services.web.models import Fragment, Link, StateTag
from services.web.models.crowds import CrowdLine, CrowdStep, Duty, GatheringPage, StepState
from services.web.models.dossier import Acts
from services.web.present.area import alert, crowd_state, is_told
from services.web.present.asking import ActKind
from services.web.present.crowd_acts import ASK_RETURN, COUNT_AGAIN, KNOWN, LEFT, RECEIVE
from services.web.present.facts import words_of
from services.web.present.frame import Seat, age_of, shell
from services.web.present.home_waits import home_waits
from services.web.present.places import place_words
from services.web.present.reminders import reminder_line
from services.web.present.texts import TextRights, texts
from services.web.present.words import Names, ago, label, local, moment_words, people


@dataclass(frozen=True, slots=True)
class CrowdFacts:
    """What is known of a crowd: the view's row, the store's facts, help asked for."""

    row: GatheringRow
    facts: Sequence[OfficeEvent]
    missions: Sequence[MissionRow]
    freshness: Freshness
    rights: TextRights
    may_replay: bool = False
    reminders: Sequence[OfficeEvent] = ()


def gathering_page(known: CrowdFacts, seat: Seat) -> GatheringPage:
    """The crowd as it stands now."""
    row, here = known.row, f"/su-viec/{known.row.gathering_id}"
    at = moment_words(row.counted_at, seat.today)
    known_of = seat.officer.office in row.acknowledged
    waits = row.received_at is None and row.dispersed_at is None
    may_say = access.may(KNOWN.command, seat.officer.role)
    opened = known.rights.opened is not None
    return GatheringPage(
        shell=shell(
            seat, place_words(row, seat), here="/doan-dong-nguoi", alarm=True,
            age=age_of(known.freshness, seat.now), stream=f"/truc-tiep?ho-so={row.gathering_id}",
        ),
        title=place_words(row, seat),
        state=crowd_state(row),
        ago=None if row.dispersed_at else ago(row.reported_at, seat.now, "báo", clock=True),
        steps=_steps(row),
        people=people(row.count_low, row.count_high),
        counted=f"đếm lúc {at}" + (f", lúc đầu {people(row.first_low, row.first_high)}"
                                   if row.counts > 1 else ""),
        counts=f"{row.counts} lần đếm",
        duties=_duties(row, seat),
        issue=f"{label(row.issue)} · quê {in_running_text(seat.names.unit(row.home))}.",
        related=_related(known),
        feed=_feed(known, seat.names),
        acts=_acts(row, known, seat, here),
        texts=texts(row.gathering_id, known.facts, known.rights),
        alerts=(replace(alert(row, seat, may_say=may_say), open=None),)
        if waits and not known_of
        else (),
        homes=home_waits(of_gathering(row), row, seat),
        stale_advice="Gọi trực ban của cơ quan.",
        live=None if opened else Fragment(f"{here}/phan/doan", "file"),
    )  # fmt: skip


def _steps(row: GatheringRow) -> tuple[CrowdStep, ...]:
    """Báo, Tiếp, Đối thoại, Chỉ đạo, Kết thúc: the two between are not recorded of a crowd."""
    over = row.dispersed_at is not None
    received = row.received_at is not None
    waiting: StepState = "skipped" if over else "late"
    talk: StepState = "next" if not over else "skipped"
    return (
        CrowdStep("Báo", "done"),
        CrowdStep("Tiếp", "done" if received else waiting),
        CrowdStep("Đối thoại", "now" if received and not over else talk),
        CrowdStep("Chỉ đạo", talk),
        CrowdStep("Kết thúc", "done" if over else "next"),
    )


def _duties(row: GatheringRow, seat: Seat) -> tuple[Duty, ...]:
    names = seat.names
    must: list[tuple[str, str]] = [("Phải tiếp", row.must_receive)]
    must += [("Phải có mặt", office) for office in row.must_come]
    duties = [Duty(words, names.head(office), _knows(office, row)) for words, office in must]
    if row.received_office is not None and row.received_by is not None:
        who = f"{label(row.received_by)}, {names.office(row.received_office)}"
        if row.in_person:
            who = f"{names.head(row.received_office)}, trực tiếp"
        duties.append(Duty("Đã tiếp", who, StateTag("done", "Đã tiếp")))
    named = {office for _, office in must}
    duties += [
        Duty("Đã biết", names.office(office), StateTag("done", "Đã biết"))
        for office in row.acknowledged
        if office not in named
    ]
    return tuple(duties)


def _knows(office: str, row: GatheringRow) -> StateTag:
    if office in row.acknowledged:
        return StateTag("done", "Đã biết")
    return StateTag("waiting", "Chưa xác nhận")


def _related(known: CrowdFacts) -> tuple[Link, ...]:
    links = [Link("Đợt hỗ trợ về", f"/ho-tro-ve/{each.mission_id}") for each in known.missions]
    if known.row.case_id is not None:
        links.insert(0, Link("Vụ việc liên quan", f"/vu-viec/{known.row.case_id}"))
    if known.may_replay:
        links.append(Link("Tua lại", f"/kiem-tra/{known.row.gathering_id}"))
    return tuple(links)


def _feed(known: CrowdFacts, names: Names) -> tuple[CrowdLine, ...]:
    """What happened and what was reminded of, the newest record first."""
    acts = [(fact.timestamp, _line(fact, names)) for fact in known.facts]
    told = [(fact.timestamp, reminder_line(fact, names)) for fact in known.reminders]
    oldest = sorted([*acts, *told], key=lambda each: each[0])
    return tuple(line for _, line in reversed(oldest))


def _line(fact: OfficeEvent, names: Names) -> CrowdLine:
    words = f"{names.office(fact.office)}: {words_of(fact.TOPIC).lower()}"
    count = getattr(fact, "count", None)
    if count is not None:
        words += f", {people(count.low, count.high)}"
    return CrowdLine(f"change-{fact.originator_version}", local(fact.occurred_at), words)


def _acts(row: GatheringRow, known: CrowdFacts, seat: Seat, here: str) -> Acts:
    """At most three stand in the bar: receive, count again, say that they left or ask for help."""
    kinds: list[ActKind] = []
    if row.dispersed_at is None and is_told(row, seat):
        receives = row.must_receive == seat.officer.office and row.received_at is None
        kinds = [*([RECEIVE] if receives else []), COUNT_AGAIN]
        kinds += [ASK_RETURN] if not known.missions and row.received_at is not None else []
        kinds += [LEFT]
    links = [
        Link("Tôi tiếp đoàn này" if kind is RECEIVE else kind.title, f"{here}/{kind.slug}")
        for kind in kinds
        if access.may(kind.command, seat.officer.role)
    ]
    words = "" if links else "Cơ quan bạn theo dõi đoàn này."
    return Acts(words, links[0] if links else None, tuple(links[1:]))
