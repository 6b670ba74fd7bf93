"""Why a program ended or waits is told without what a database may quote, and told once."""

import logging

import psycopg
import pytest

from domain.law.editions import UnreadableEdition
from domain.ports import StoreUnavailable
from infra.agenda import Superseded
from infra.kafka.log_watch import StreamStuck
from infra.kafka.publishing import PublisherDead
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit
from infra.postgres.relay_cursor import CursorFenced
from projections.ports import StreamUnavailable, ViewsUnavailable
from services.logs import describe, why
from services.projector import program as projector
from services.reconciler import program as reconciler
from services.relay import program as relay
from services.relay.fork import Forked
from services.scheduler import program as scheduler
from services.scheduler.status import SchedulerStatus

ROW = "DETAIL: Failing row contains (Nguyễn Thị Bốn, 0912345678)."
PROGRAMS = {
    "projector": (projector.IN_WORDS, (StreamStuck, TopicsUnfit, KafkaUnavailable)),
    "reconciler": (reconciler.IN_WORDS, (TopicsUnfit, KafkaUnavailable)),
    "relay": (
        relay.IN_WORDS,
        (PublisherDead, CursorFenced, relay.TopicsChanged, Forked, KafkaUnavailable),
    ),
    "scheduler": (scheduler.IN_WORDS, (Superseded, UnreadableEdition)),
}


def quoting(port: type[Exception], driver: type[psycopg.Error]) -> Exception:
    """A failure in the words of a driver, as the adapters raise it."""
    try:
        try:
            raise driver(ROW)
        except psycopg.Error as error:
            raise port(str(error)) from error
    except port as told:
        return told


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("port", [StoreUnavailable, ViewsUnavailable, StreamUnavailable])
def test_of_a_database_s_failure_only_the_kind_and_the_code_are_told(
    program: str, port: type[Exception]
) -> None:
    in_words, _ = PROGRAMS[program]
    told = why(quoting(port, psycopg.errors.AdminShutdown), *in_words)
    assert told == f"{port.__name__} from AdminShutdown 57P01"
    assert why(quoting(port, psycopg.OperationalError), *in_words) == (
        f"{port.__name__} from OperationalError"
    )
    assert why(port(ROW), *in_words) == port.__name__


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_program_found_itself_is_told_in_its_words(program: str) -> None:
    in_words, own = PROGRAMS[program]
    for kind in own:
        assert why(kind("epoch 3 is over"), *in_words) == f"{kind.__name__}: epoch 3 is over"


def test_the_long_form_tells_no_message_either() -> None:
    assert ROW not in str(describe(quoting(StoreUnavailable, psycopg.OperationalError)))


def test_a_scheduler_that_is_kept_away_says_why_once_and_again_when_it_is_something_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    status = SchedulerStatus()
    away = quoting(StoreUnavailable, psycopg.OperationalError)
    unread = UnreadableEdition("edition 4: reply.citizen, no article")
    with caplog.at_level(logging.WARNING):
        for reason in (away, away, unread, unread, away):
            scheduler.say_away(status, reason)
    said = [record.getMessage().removeprefix("nobody is reminded for now: ")
            for record in caplog.records]  # fmt: skip
    store = "StoreUnavailable from OperationalError"
    assert said == [store, f"UnreadableEdition: {unread}", store]
    assert status.away == store
