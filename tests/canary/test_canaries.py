"""Nothing personal leaves the vault: canaries in every text, looked for everywhere else.

A word that is no secret travels along, so that a search that finds nothing is known to look.
"""

from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from domain.codes import Role
from services.demo.offices import SINCE, committee
from services.web.session import COOKIE
from tests.canary.needles import in_database, in_files, on_topics
from tests.canary.planting import COMMUNE, DISTRICT, PROVINCE, Planted, Story, story_of, tell
from tests.canary.provoking import provoke
from tests.doors import Receipt
from tests.stack import Stack

KINDS = {"petition": "petitions", "case": "cases", "gathering": "gatherings"}
PAGES = {"petition": "ho-so", "case": "vu-viec", "gathering": "su-viec"}


@pytest.fixture(scope="module")
def planted(running_stack: Stack) -> Planted:
    """The story told once, everything answered, everything folded."""
    running_stack.wait_until_well()
    sown = Planted()
    with story_of(running_stack, sown) as story:
        with story.doors["province"].listening(within=10) as told:
            made = tell(story)
            signals = [next(told) for _ in range(2)]
        sown.answers += [("stream", repr(signal)) for signal in signals]
        provoke(story)
        for each in made.values():
            story.doors["board"].see("/inbox", each)
        look_at_everything(story, made)
    look_at_pages(running_stack, sown, made)
    look_at_metrics(running_stack, sown)
    return sown


def look_at_everything(story: Story, made: Mapping[str, Receipt]) -> None:
    """The boards, lists, dossiers and histories, each by somebody who may see it."""
    for who, path in (
        ("desk", f"/boards/commune/{COMMUNE}"),
        ("chair", f"/boards/district/{DISTRICT}"),
        ("province", f"/boards/province/{PROVINCE}"),
        ("desk", "/inbox?queue=all&limit=200"),
        ("desk", "/petitions?ended=true&limit=200"),
        ("neighbour", "/transfers/pending"),
        ("board", "/gatherings"),
        *(("chair", f"/{KINDS[kind]}/{made[kind].id}") for kind in KINDS),
        *(("chair", f"/histories/{made[kind].id}") for kind in KINDS),
    ):
        answer = story.planted.heard(path, story.doors[who].http.get(f"/api/v1{path}"))
        assert answer.status_code == 200, f"{path}: {answer.text}"


def look_at_pages(stack: Stack, planted: Planted, made: Mapping[str, Receipt]) -> None:
    """The same as HTML: the three levels' boards and the files, and a page that is refused."""
    for office, role, paths in (
        (committee(PROVINCE), Role.LEADER, (f"/dieu-hanh/{PROVINCE}-{SINCE:%Y%m%d}",
                                            "/doan-dong-nguoi")),
        (committee(DISTRICT), Role.LEADER,
         (f"/huyen/{DISTRICT}-{SINCE:%Y%m%d}",
          *(f"/{page}/{made[kind].id}" for kind, page in PAGES.items()))),
        (committee(COMMUNE), Role.CLERK, ("/hop-viec", "/ds", "/tim?q=07486")),
    ):  # fmt: skip
        cookie = {"Cookie": f"{COOKIE}={stack.token(office, role)}"}
        with httpx.Client(base_url=stack.url, headers=cookie, timeout=30) as browser:
            for path in paths:
                answer = planted.heard(path, browser.get(path))
                assert answer.status_code == 200, f"{path}: {answer}"
            planted.heard("refused page", browser.get(f"/ho-so/{planted.canary('page')}"))


def look_at_metrics(stack: Stack, planted: Planted) -> None:
    """What every program tells of itself."""
    status = stack.status()
    for url in (status["metrics"]["url"], *(f"{w['url']}/metrics" for w in
                                            status["workers"].values())):  # fmt: skip
        answer = planted.heard(url, httpx.get(url, timeout=10))
        assert answer.status_code == 200, url


def test_no_answer_repeats_what_was_written(planted: Planted) -> None:
    leaks = {
        (where, name)
        for where, text in planted.answers
        for name, canary in planted.canaries.items()
        if canary in text.casefold()
    }
    assert leaks == set()
    assert any(planted.control in text for _, text in planted.answers)


def test_no_table_holds_a_text_not_even_the_vault(stack: Stack, planted: Planted) -> None:
    assert in_database(stack.admin_dsn, planted.canaries.values()) == set()
    tables = {table for table, _ in in_database(stack.admin_dsn, [planted.control])}
    assert {"store.stored_events", "views.cases"} <= tables


def test_no_record_of_any_topic_holds_a_text(stack: Stack, planted: Planted) -> None:
    bootstrap = str(stack.status()["kafka"]["bootstrap"])
    assert on_topics(bootstrap, planted.canaries.values()) == set()
    assert on_topics(bootstrap, [planted.control]) == {("tiepdan.events.v1", planted.control)}


def test_no_file_of_the_stack_holds_a_text_logs_above_all(
    stack: Stack, planted: Planted, tmp_path: Path
) -> None:
    """Logs, the log of the database's own writes, the broker's segments, status and all."""
    assert in_files(stack.state, planted.canaries.values(), tmp_path) == []
    told = in_files(stack.state / "logs", [planted.trace], tmp_path)
    assert [Path(file).name for file in told] == ["api.log"]
