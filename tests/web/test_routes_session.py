"""Signing in, signing out, and what guards every form."""

import re
from uuid import uuid4

import pytest

from domain.codes import Role
from services.demo.accounts import account_of
from services.demo.offices import committee
from services.web import session
from tests.web.page_forms import forms_of, words_of
from tests.web.plain_browser import Browser
from tests.web.site_world import SiteWorld, world

__all__ = ["world"]

TAM_DI = committee("07456")
CLERK = account_of(TAM_DI, Role.CLERK)


def cookie_of(answer_headers: list[str], name: str) -> str:
    return next(line for line in answer_headers if line.startswith(f"{name}="))


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_back(world: SiteWorld) -> None:
    browser = world.browser()
    browser.get("/ds?hang=qua-han")
    assert browser.at == "/dang-nhap?next=%2Fds%3Fhang%3Dqua-han"
    browser.submit(person=CLERK)
    assert browser.at == "/ds?hang=qua-han"
    assert "Quá hạn" in words_of(browser.page)


def test_the_cookie_is_bound_to_the_host_and_hidden_from_scripts(world: SiteWorld) -> None:
    browser = world.browser()
    browser.get("/dang-nhap")
    action, fields = forms_of(browser.page)[0]
    answer = browser.ask("POST", action, {**fields, "person": CLERK})
    cookie = cookie_of(answer.headers.get_list("set-cookie"), session.COOKIE)
    for attribute in ("Path=/", "Secure", "HttpOnly", "SameSite=lax"):
        assert attribute in cookie
    assert "Domain" not in cookie


def test_signing_out_ends_the_session(world: SiteWorld) -> None:
    browser = world.browser(TAM_DI)
    assert browser.status == 200
    action, fields = forms_of(browser.page)[0]
    browser.post(action, fields)
    assert browser.at == "/dang-nhap"
    browser.get("/hop-viec")
    assert browser.at.startswith("/dang-nhap")


def test_an_unknown_person_is_asked_again(world: SiteWorld) -> None:
    browser = world.browser()
    browser.sign_in("nobody.ubnd-07456")
    assert browser.status == 422
    assert "Vai này không còn nữa" in words_of(browser.page)


def test_a_forged_cookie_is_no_session(world: SiteWorld) -> None:
    browser = world.browser()
    browser.cookies.set(session.COOKIE, "eyJhbGciOiJub25lIn0.e30.")
    browser.get("/hop-viec")
    assert browser.at.startswith("/dang-nhap")


@pytest.mark.parametrize(
    "asked", ["//evil.test/x", "https://evil.test/", "/\\evil.test", "javascript:alert(1)", "x"]
)
def test_signing_in_never_leads_to_another_site(world: SiteWorld, asked: str) -> None:
    browser = world.browser()
    browser.sign_in(CLERK, then=asked)
    assert browser.at == "/hop-viec"


def fill_intake(browser: Browser) -> dict[str, str]:
    browser.get("/tiep-nhan")
    _, fields = forms_of(browser.page)[-1]
    return {**fields, "kind": "feedback", "field": "land", "step": "record"}


@pytest.mark.parametrize(
    ("change", "headers"),
    [
        ({"csrf": ""}, {}),
        ({"csrf": session.csrf_of("another session")}, {}),
        ({}, {"Origin": "https://evil.test"}),
        ({}, {"Origin": "null"}),
        ({}, {"Origin": "http://["}),
        ({}, {"Sec_Fetch_Site": "cross-site"}),
        ({}, {"Sec_Fetch_Site": "same-site"}),
    ],
)
def test_a_form_of_another_page_or_session_is_refused(
    world: SiteWorld, change: dict[str, str], headers: dict[str, str]
) -> None:
    browser = world.browser(TAM_DI)
    fields = fill_intake(browser) | {"texts.summary": str(uuid4())}
    before = world.store.head()
    page = browser.post("/tiep-nhan", fields | change, **headers)
    assert browser.status == 403
    assert "Chưa có gì được ghi" in words_of(page)
    assert world.store.head() == before


def test_the_same_form_of_the_session_itself_is_taken(world: SiteWorld) -> None:
    browser = world.browser(TAM_DI)
    headers = {"Origin": "https://site.test", "Sec_Fetch_Site": "same-origin"}
    browser.post("/tiep-nhan", fill_intake(browser), **headers)
    assert browser.at.startswith("/bien-nhan/")


def test_the_sign_in_form_is_guarded_as_well(world: SiteWorld) -> None:
    browser = world.browser()
    browser.post("/dang-nhap", {"person": CLERK, "csrf": "x", "next": ""})
    assert browser.status == 403


def test_the_sign_in_form_of_a_broken_origin_is_refused(world: SiteWorld) -> None:
    browser = world.browser()
    browser.get("/dang-nhap")
    _, fields = forms_of(browser.page)[0]
    browser.post("/dang-nhap", {**fields, "person": CLERK}, Origin="http://[")
    assert browser.status == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/luat?dong-ho=reply.citizen&tu=31/12/9999", 200),
        ("/luat?dong-ho=reply.citizen&tu=01/01/0001", 200),
        ("/lich?ngay=31/12/9999", 200),
    ],
)
def test_a_strange_question_is_answered_by_a_page(
    world: SiteWorld, address: str, status: int
) -> None:
    browser = world.browser(TAM_DI)
    browser.get(address)
    assert browser.status == status


def test_a_body_that_is_no_form_is_refused(world: SiteWorld) -> None:
    browser = world.browser(TAM_DI)
    answer = browser.ask("POST", "/tiep-nhan", {}, Content_Type="application/json")
    assert answer.status_code == 415


def test_every_page_forbids_what_is_not_ours_and_is_not_kept(world: SiteWorld) -> None:
    browser = world.browser(TAM_DI)
    for path in ("/hop-viec", "/dang-nhap", "/ds", "/khong-co", "/tro-giup"):
        answer = browser.ask("GET", path)
        assert "default-src 'self'" in answer.headers["content-security-policy"], path
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "<script>" not in answer.text
        assert " style=" not in answer.text


def test_a_piece_of_a_page_sends_the_whole_page_to_sign_in(world: SiteWorld) -> None:
    browser = world.browser()
    answer = browser.ask(
        "GET", "/hop-viec/phan/hang", HX_Request="true",
        HX_Current_URL="https://site.test/hop-viec?hang=qua-han",
    )  # fmt: skip
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/dang-nhap?next=%2Fhop-viec%3Fhang%3Dqua-han"


def test_the_built_files_are_kept_and_the_api_answers_as_before(world: SiteWorld) -> None:
    browser = world.browser()
    found = re.search(r'href="(/static/app[^"]+css)"', browser.get("/dang-nhap"))
    assert found
    answer = browser.ask("GET", found.group(1))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    unknown = browser.ask("GET", "/api/v1/nowhere")
    assert unknown.headers["content-type"] == "application/problem+json"
    assert browser.ask("GET", "/livez").status_code == 200
