"""What the system reminded of stands in the file's own course, beside the acts."""

from contextlib import closing
from datetime import timedelta

from domain.codes import Role
from infra.postgres.agenda import PostgresAgenda
from services.law import carried_law
from services.scheduler.steps import Scheduler
from services.scheduler.steps import World as Watched
from tests.web.page_forms import words_of
from tests.web.site_world import SiteWorld, world
from tests.web.test_routes_files import LUC_NAM, TAM_DI, receive

__all__ = ["world"]


def test_a_late_petition_tells_in_its_course_who_was_reminded(world: SiteWorld) -> None:
    petition = receive(world)
    late = world.clock.now() + timedelta(days=21)
    world.clock.move_to(late)
    with closing(PostgresAgenda(world.app_dsn)) as agenda:
        watched = Watched(world.store, agenda, carried_law, world.follower.refresh, world.clock)
        Scheduler(watched, epoch=1).run_out()
    world.fold()
    head = world.browser(TAM_DI, Role.LEADER)
    head.get(f"/ho-so/{petition}")
    page = words_of(head.page)
    assert head.status == 200
    assert "Nhắc: sắp đến hạn" in page
    assert "Nhắc: quá hạn" in page
    district = world.follower.current().get_office(LUC_NAM, late.date())
    assert f"Hệ thống báo {district.name}" in page
