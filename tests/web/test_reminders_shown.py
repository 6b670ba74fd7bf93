"""What the system reminded of: on the head's own list, and in the file's course for ever."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from domain.codes import Guidance, Role
from domain.commands.petition import GuideCitizen
from infra.postgres.agenda import PostgresAgenda
from services.law import carried_law
from services.scheduler.steps import Scheduler
from services.scheduler.steps import World as Watched
from tests.web.page_forms import words_of
from tests.web.site_world import SiteWorld, world
from tests.web.test_routes_files import LUC_NAM, TAM_DI, receive

__all__ = ["world"]

LIST = "/nhac-viec"
LATE = timedelta(days=21)


@pytest.fixture
def scheduler(world: SiteWorld) -> Iterator[Scheduler]:
    """One that leads."""
    with closing(PostgresAgenda(world.app_dsn)) as agenda:
        watched = Watched(world.store, agenda, carried_law, world.follower.refresh, world.clock)
        yield Scheduler(watched, epoch=1)


def test_a_late_petition_is_on_the_lists_of_its_office_and_its_superior_until_it_is_answered(
    world: SiteWorld, scheduler: Scheduler
) -> None:
    petition = receive(world)
    world.clock.move_to(world.clock.now() + LATE)
    scheduler.run_out()
    world.fold()
    head, above = world.browser(TAM_DI, Role.LEADER), world.browser(LUC_NAM, Role.LEADER)
    row = world.views.find_petition(petition)
    assert row is not None
    for reader in (head, above):
        reader.get(LIST)
        assert reader.status == 200
        assert row.number in words_of(reader.page)
        assert "Quá hạn trả lời người dân" in words_of(reader.page)
        assert "00:00" not in words_of(reader.page)
    head.get(LIST)
    assert f"/ho-so/{petition}/phan-loai" in head.page
    assert "Việc cần nhắc" in words_of(head.page)
    district = world.follower.current().get_office(LUC_NAM, world.clock.now().date())
    head.get(f"/ho-so/{petition}")
    course = words_of(head.page)
    assert "Nhắc: quá hạn" in course
    assert f"Hệ thống báo {district.name}" in course

    guided = GuideCitizen(petition_id=petition, guidance=Guidance.COURT)
    world.act(guided, TAM_DI, Role.LEADER)
    scheduler.run_out()
    world.fold()
    for reader in (head, above):
        reader.get(f"{LIST}/phan/danh-sach")
        assert row.number not in words_of(reader.page)
    head.get(f"/ho-so/{petition}")
    assert "Nhắc: quá hạn" in words_of(head.page)
    assert "Hết lý do nhắc" in words_of(head.page)


def test_the_list_is_its_heads_and_of_those_who_look_over_the_office(world: SiteWorld) -> None:
    above = world.browser(LUC_NAM, Role.LEADER)
    above.get(f"{LIST}?co-quan={TAM_DI}")
    assert above.status == 200
    head, clerk = world.browser(TAM_DI, Role.LEADER), world.browser(TAM_DI)
    head.get(f"{LIST}?co-quan={LUC_NAM}")
    assert head.status == 403
    clerk.get(LIST)
    assert clerk.status == 403
    clerk.get("/hop-viec")
    assert LIST not in clerk.page
