"""What an office is reminded of, over HTTP: whose list, page by page, until it is over."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.codes import Role
from domain.events import reminder
from domain.events.base import OfficeEvent
from domain.streams import reminder_stream
from services.access import HEADS
from tests.api.real import RealWorld
from tests.api.world import problem_of, receive
from tests.builders import BAC_GIANG, CAM_LY, LANG_GIANG, LUC_NAM, NGHIA_PHUONG, fact

REMINDERS = "/api/v1/reminders"
DUE: dict[str, Any] = {"clock": "reply.citizen", "due": date(2025, 5, 19)}
NOW = datetime(2025, 5, 20, 1, 0, tzinfo=UTC)


def late(real: RealWorld, *told: str, **received: str) -> str:
    """A petition of the commune of which these offices were told, one rung after another."""
    petition = str(receive(real.door(), **received)["id"])
    for rung, office in enumerate(told):
        record(real, petition, reminder.OverdueReminded, rung=rung, to_office=office, **DUE)
    real.project()
    return petition


def record(real: RealWorld, petition: str, event: type[OfficeEvent], **said: Any) -> None:
    """The system records something about a petition."""
    stream = reminder_stream(UUID(petition))
    draft = fact(event, CAM_LY, stream, role=Role.SYSTEM, subject=UUID(petition), **said)
    version = real.store.last_version(stream) + 1
    real.store.append([draft.recorded(version, NOW + timedelta(minutes=version))])


def listed(real: RealWorld, office: str, asked: str = "") -> list[tuple[str, int]]:
    """The files a head is reminded of, and the rung of each."""
    answered = real.door(office, Role.LEADER).get(REMINDERS + asked)
    assert answered.status_code == 200, answered.text
    return [(each["id"], each["rung"]) for each in answered.json()["items"]]


def test_a_head_reads_what_the_office_is_reminded_of(real: RealWorld) -> None:
    petition = late(real, CAM_LY)
    counted = real.views.reminder_count
    assert [counted(CAM_LY, most=9), counted(LUC_NAM, most=9)] == [1, 0]
    answered = real.door(CAM_LY, Role.LEADER).get(REMINDERS).json()
    assert answered["office"] == CAM_LY
    (item,) = answered["items"]
    assert (item["id"], item["about"], item["urgency"]) == (petition, "petition", "late")
    assert (item["what"], item["due"]) == ("reminder.overdue", "2025-05-19")
    assert item["number"] == real.door().get(f"/api/v1/petitions/{petition}").json()["number"]


def test_what_climbed_up_stands_with_the_superior_too_and_with_nobody_beside(
    real: RealWorld,
) -> None:
    petition = late(real, CAM_LY, LUC_NAM)
    assert listed(real, CAM_LY) == [(petition, 0)]
    assert listed(real, LUC_NAM) == [(petition, 1)]
    assert listed(real, BAC_GIANG) == listed(real, NGHIA_PHUONG) == []


def test_a_superior_reads_a_lower_offices_list_and_strangers_are_refused(real: RealWorld) -> None:
    petition = late(real, CAM_LY)
    assert listed(real, LUC_NAM, f"?office={CAM_LY}") == [(petition, 0)]
    for stranger in (NGHIA_PHUONG, LANG_GIANG):
        answered = real.door(stranger, Role.LEADER).get(f"{REMINDERS}?office={CAM_LY}")
        problem_of(answered, 403, "area_not_for_reader")
    upwards = real.door(CAM_LY, Role.LEADER).get(f"{REMINDERS}?office={LUC_NAM}")
    problem_of(upwards, 403, "area_not_for_reader")


def test_who_heads_no_office_is_not_told_nor_is_the_office_complained_of(real: RealWorld) -> None:
    late(real, CAM_LY, LUC_NAM, kind="denunciation", accused_office="218")
    assert listed(real, LUC_NAM) == []
    for role in sorted(set(Role) - HEADS):
        problem_of(real.door(CAM_LY, role).get(REMINDERS), 403, "reminders_for_heads")


def test_the_list_is_read_page_by_page_the_most_urgent_first(real: RealWorld) -> None:
    files = [late(real, CAM_LY) for _ in range(3)]
    record(real, files[2], reminder.DueSoonReminded, to_office=CAM_LY,
        clock="acceptance", due=date(2025, 5, 22))  # fmt: skip
    real.project()
    door, found, cursor = real.door(CAM_LY, Role.LEADER), [], ""
    while True:
        page = door.get(f"{REMINDERS}?limit=2{cursor}").json()
        found += page["items"]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert [each["urgency"] for each in found] == ["late", "late", "late", "soon"]
    assert {each["id"] for each in found} == set(files)
    assert real.views.reminder_count(CAM_LY, most=2) == 2
    problem_of(door.get(f"{REMINDERS}?cursor=x"), 422, "broken_cursor")


def test_a_settled_reminder_is_gone_and_one_passed_on_stands_elsewhere(real: RealWorld) -> None:
    first, second = late(real, CAM_LY), late(real, CAM_LY)
    matter = ("clock/reply.citizen/2025-05-19/0",)
    record(real, first, reminder.ReminderSettled, reminders=matter, offices=(CAM_LY,))
    record(real, second, reminder.ReminderPassedOn, reminders=matter, to_office=LUC_NAM,
        offices=(CAM_LY,))  # fmt: skip
    real.project()
    assert listed(real, CAM_LY) == []
    assert listed(real, LUC_NAM) == [(second, 0)]
