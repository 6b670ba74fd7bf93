"""Who may open which page: every role at every page, and what a sealed file shows to whom."""

from uuid import UUID, uuid4

import pytest

from domain.codes import Channel, Field, PetitionKind, Role
from domain.commands.case import OpenCase
from domain.commands.petition import ReceivePetition
from domain.events.petition import PetitionReceived
from domain.values import TextRef
from services.demo.accounts import sign_in_places
from services.demo.offices import committee, office_id
from tests.web.page_forms import words_of
from tests.web.site_world import SiteWorld, world

__all__ = ["world"]

BAC_GIANG, LUC_NAM, TAM_DI, CAM_LY = map(committee, ("24", "218", "07456", "07519"))
CANARY = "Quỳnhcanary"
OPEN, CLOSED, HIDDEN = 200, 403, 404
NOBODY: frozenset[Role] = frozenset()
SYSTEM = frozenset({Role.ADMIN})
DESK = frozenset({Role.CLERK, Role.HANDLER, Role.OFFICE_HEAD, Role.LEADER})


def received(world: SiteWorld, kind: PetitionKind, **more: object) -> UUID:
    made = uuid4()
    given = {"channel": Channel.COUNTER, "field": Field.LAND, "place": "07456", **more}
    command = ReceivePetition(
        petition_id=made, kind=kind, texts={"name": CANARY, "summary": CANARY},
        **given,  # type: ignore[arg-type]
    )  # fmt: skip
    world.act(command, TAM_DI)
    return made


def texts_of(world: SiteWorld, stream: UUID) -> tuple[TextRef, ...]:
    """The texts that came with a petition."""
    first = world.store.load(stream)[0]
    assert isinstance(first, PetitionReceived)
    return tuple(first.texts)


PAGES = {
    "/hop-viec": SYSTEM,
    "/ds": SYSTEM,
    "/doan-dong-nguoi": SYSTEM,
    "/ho-tro-ve": SYSTEM,
    "/tim?q=Tam+Di": NOBODY,
    "/don-vi/07456": NOBODY,
    "/tro-giup": NOBODY,
}
"""A page, and the roles to which it is closed."""


def accounts(world: SiteWorld) -> list[tuple[str, str, Role]]:
    places = sign_in_places(world.follower.current())
    return [(a.account, a.office, a.role) for place in places[:2] for a in place.accounts]


def test_every_page_opens_for_every_demo_account_or_is_refused(world: SiteWorld) -> None:
    seen = set()
    for account, office, role in accounts(world):
        browser = world.browser(office, role)
        assert browser.status == OPEN, (account, browser.at)
        for path, closed in PAGES.items():
            status = browser.ask("GET", path).status_code
            assert (status in (CLOSED, HIDDEN)) == (role in closed), (account, path, status)
        for path in ("/tiep-nhan", "/doan-dong-nguoi/bao"):
            status = browser.ask("GET", path).status_code
            assert status == (OPEN if role in DESK else CLOSED), (account, path)
        seen.add(role)
    assert seen == set(Role) - {Role.SYSTEM}


@pytest.mark.parametrize(
    ("office", "role", "sees"),
    [
        (TAM_DI, Role.CLERK, True),
        (LUC_NAM, Role.LEADER, True),
        (BAC_GIANG, Role.MONITOR, True),
        (office_id("ttr", "24"), Role.AUDITOR, True),
        (CAM_LY, Role.CLERK, False),
        (CAM_LY, Role.LEADER, False),
        (committee("05971"), Role.LEADER, False),
        (BAC_GIANG, Role.ADMIN, False),
    ],
)
def test_a_file_exists_only_for_whom_it_concerns(
    world: SiteWorld, office: str, role: Role, *, sees: bool
) -> None:
    petition = received(world, PetitionKind.FEEDBACK)
    browser, nowhere = world.browser(office, role), uuid4()
    for page in ("", "/phan/ho-so", "/chuyen"):
        there = browser.ask("GET", f"/ho-so/{petition}{page}")
        missing = browser.ask("GET", f"/ho-so/{nowhere}{page}")
        assert missing.status_code == HIDDEN
        assert (there.status_code == HIDDEN) is not sees
        if not sees:
            assert there.text == missing.text


def test_a_sealed_denunciation_is_hidden_from_all_but_its_holder_and_the_heads_above(
    world: SiteWorld,
) -> None:
    secret = received(world, PetitionKind.DENUNCIATION, accused_office=CAM_LY)
    number = next(row.number for row in [world.views.find_petition(secret)] if row)
    seeing = (
        (TAM_DI, Role.CLERK, True), (LUC_NAM, Role.LEADER, True), (LUC_NAM, Role.MONITOR, False),
        (CAM_LY, Role.LEADER, False), (BAC_GIANG, Role.MONITOR, False),
    )  # fmt: skip
    for office, role, sees in seeing:
        browser = world.browser(office, role)
        assert (browser.ask("GET", f"/ho-so/{secret}").status_code == OPEN) is sees, (office, role)
        for path in ("/ds", f"/tim?q={number}", "/hop-viec"):
            page = browser.get(path)
            assert CANARY not in page
            if not sees:
                assert str(secret) not in page, (office, role, path)


def test_nobody_opens_a_denouncer_s_identity_from_the_file(world: SiteWorld) -> None:
    secret = received(world, PetitionKind.DENUNCIATION)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{secret}?tab=noi-dung")
    assert "Danh tính được niêm phong" in words_of(clerk.page)
    for ref in texts_of(world, secret):
        status = clerk.ask("GET", f"/noi-dung/{secret}/{ref.entry}").status_code
        assert status == (CLOSED if ref.field == "name" else OPEN), ref.field


def test_a_text_is_not_opened_by_an_office_that_only_looks_on(world: SiteWorld) -> None:
    petition = received(world, PetitionKind.FEEDBACK)
    entry = texts_of(world, petition)[0].entry
    for office, role in ((LUC_NAM, Role.LEADER), (BAC_GIANG, Role.MONITOR)):
        browser = world.browser(office, role)
        before = world.store.head()
        assert browser.ask("GET", f"/noi-dung/{petition}/{entry}").status_code == CLOSED
        assert world.store.head() == before


def test_a_case_s_file_is_hidden_from_neighbours(world: SiteWorld) -> None:
    petition, case = received(world, PetitionKind.COMPLAINT), uuid4()
    world.act(OpenCase(case_id=case, petition_id=petition), TAM_DI, Role.LEADER)
    assert world.browser(TAM_DI).ask("GET", f"/vu-viec/{case}").status_code == OPEN
    neighbour = world.browser(CAM_LY, Role.LEADER)
    for page in ("", "/phan/ho-so", "/ket-thuc"):
        assert neighbour.ask("GET", f"/vu-viec/{case}{page}").status_code == HIDDEN
    assert neighbour.ask("GET", f"/kiem-tra/{case}").status_code == HIDDEN


def test_an_act_beyond_the_role_is_refused_before_it_is_asked(world: SiteWorld) -> None:
    petition = received(world, PetitionKind.FEEDBACK)
    clerk = world.browser(TAM_DI)
    assert clerk.ask("GET", f"/ho-so/{petition}/thu-ly").status_code == CLOSED
    monitor = world.browser(BAC_GIANG, Role.MONITOR)
    assert monitor.ask("GET", f"/ho-so/{petition}/chuyen").status_code == CLOSED


def test_the_receipt_is_for_the_office_that_gave_it(world: SiteWorld) -> None:
    petition = received(world, PetitionKind.FEEDBACK)
    assert world.browser(TAM_DI).ask("GET", f"/bien-nhan/{petition}").status_code == OPEN
    above = world.browser(LUC_NAM, Role.LEADER)
    assert above.ask("GET", f"/bien-nhan/{petition}").status_code == HIDDEN
