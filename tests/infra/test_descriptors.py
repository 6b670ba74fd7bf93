"""A process of thousands of streams: enough descriptors, and waits that know the high ones."""

import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from infra.descriptors import MOST, allow_many_open
from infra.postgres.views.watch import wait_for_either

SELECT_ENDS = 1024


@pytest.fixture(autouse=True)
def limit() -> Iterator[int]:
    """The hard limit; the soft one is put back afterwards."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield before[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_process_may_open_as_many_as_it_can_allow_itself(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, limit))
    allowed = allow_many_open()
    assert allowed == resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    assert allowed == (MOST if limit == resource.RLIM_INFINITY else min(MOST, limit))
    assert allow_many_open() == allowed


def test_a_limit_that_is_higher_already_stays(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, limit))
    assert allow_many_open(most=256) == 512
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (512, limit)


def pair(opened: ExitStack) -> tuple[socket.socket, socket.socket]:
    here, there = socket.socketpair()
    return opened.enter_context(here), opened.enter_context(there)


def test_news_is_heard_on_a_descriptor_that_select_does_not_know() -> None:
    allow_many_open()
    with ExitStack() as opened:
        for _ in range(SELECT_ENDS):
            opened.enter_context(socket.socket())
        (quiet, _), (here, there) = pair(opened), pair(opened)
        assert min(quiet.fileno(), here.fileno()) >= SELECT_ENDS
        heard = threading.Event()

        def wait() -> None:
            wait_for_either(quiet.fileno(), here.fileno(), 600)
            heard.set()

        threading.Thread(target=wait, daemon=True).start()
        assert not heard.is_set()
        there.send(b"news")
        assert heard.wait(20)
