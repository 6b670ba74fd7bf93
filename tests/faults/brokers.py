"""Faults of the brokers and their topics: killed, erased, deleted."""

import shutil
import signal
import time
from collections.abc import Mapping
from typing import Any

import httpx

from domain.ports import EVENTS_TOPIC
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit, admin, ensure_topics
from services.worker_health import WorkerDown, ask
from tests.faults.rows import Field, Row

AWAY, AWAY_LONG = 4.0, 600.0
"""Seconds for which two brokers are away; the first time of a full run as long as reliability.md
has it: whoever waits for a delivery report gives up and is started again in vain meanwhile."""
ALERT_WITHIN = 60.0
DRAINED_WITHIN = 300.0
ERASED_WITHIN = 300.0
SLOWEST_PER_SECOND = 1_000
ANEW_SHARE, LONG_SHARE = 0.2, 0.5
"""Of the load, where all that was ever recorded is published thirty times, and where an outage
lasts so long that later rows would mostly copy what was recorded in it."""
IN_SYNC_WITHIN = 90.0
SENT_TO = "SELECT unnest(topic_ids) FROM store.relay_cursor"


def partitions(field: Field) -> list[Mapping[str, Any]]:
    """The partitions of the topic of case facts, as the brokers describe them."""
    with admin(field.house.kafka) as client:
        (described,) = client.describe_topics([EVENTS_TOPIC])
    return list(described["partitions"])


def in_sync_again(field: Field) -> None:
    """Wait until every copy of every partition is in sync: the next fault meets a whole cluster."""

    def whole() -> bool:
        try:
            return all(len(one["isr_nodes"]) == 3 for one in partitions(field))
        except (KafkaUnavailable, TopicsUnfit):
            return False

    field.house.until(whole, "not all copies are in sync again", within=IN_SYNC_WITHIN)


def broker_name(field: Field, node: int) -> str:
    """The process of a node's number."""
    return str(field.house.names("kafka")[node - 1])


def leader_killed(field: Field) -> float:
    """F06: the broker that leads some partition."""
    house = field.house
    name = broker_name(field, int(field.chance.choice(partitions(field))["leader_id"]))
    before, shot = house.send(name, signal.SIGKILL), time.monotonic()
    seconds = field.until_flowing(shot)
    house.until_reborn(name, before)
    in_sync_again(field)
    return seconds


def two_away(field: Field) -> float:
    """F07: no majority, nothing can be published; facts are recorded all the same.

    The seconds from their return until everything is shown.
    """
    house = field.house
    victims = field.chance.sample(list(house.names("kafka")), 2)
    long = field.number == 0 and not field.quick
    house.until(lambda: not is_told(field), "it says it is not well beforehand")
    with house.brokers_down(*victims) as shot:
        head = house.head()
        if long:
            house.until(lambda: is_told(field), "no alert", within=90)
            field.note("alert", time.monotonic() - shot)
        house.rest((AWAY_LONG if long else AWAY) - (time.monotonic() - shot))
        house.until(lambda: house.head() > head, "nothing was recorded meanwhile")
    seconds = field.until_flowing(time.monotonic(), within=DRAINED_WITHIN)
    in_sync_again(field)
    return seconds


def is_told(field: Field) -> bool:
    """Whether somebody who looks is told: the API or a worker says that it is not all well."""
    house = field.house
    try:
        if httpx.get(f"{house.url}/readyz", timeout=4).json()["status"] != "ready":
            return True
        return any(ask(url).status != "ready" for url in house.plan.workers.values())
    except (httpx.TransportError, WorkerDown):
        return False


def erased(field: Field) -> float:
    """F08: every broker killed and its data deleted; the store publishes everything anew."""
    house = field.house
    names = house.names("kafka")
    known = field.flow.last.head
    facts = int(house.rows("SELECT count(*) FROM store.stored_events")[0][0])
    with house.unattended():
        began = house.shoot(*names)
        for name in names:
            shutil.rmtree(house.state / name / "data")
    house.until(lambda: published(field) < known, "the relay does not begin again", within=200)
    first = time.monotonic()
    house.until(lambda: published(field) >= known, "not all is published", within=ERASED_WITHIN)
    field.note("slowest_events_per_second", -facts / (time.monotonic() - first))
    seconds = field.until_flowing(time.monotonic()) + (time.monotonic() - began)
    house.until_all_up()
    in_sync_again(field)
    return seconds


def published(field: Field) -> int:
    """The relay's cursor."""
    return int(field.house.rows("SELECT position FROM store.relay_cursor")[0][0])


def topic_made_anew(field: Field) -> float:
    """The topic deleted under everybody, and another made under its name.

    The relay's next round may well be taken by the new topic; what stood in the old one comes
    again when the relay compares the topics' ids, every half minute.
    """
    house, known = field.house, field.flow.last.head
    old, began = topic_id(field), time.monotonic()
    with admin(house.kafka) as client:
        client.delete_topics([EVENTS_TOPIC])
    house.until(lambda: made_anew(field, old), "the topic is not there again")
    new = topic_id(field)
    house.until(lambda: followed(field) == {new}, "its id is not noticed", within=200)
    house.until(lambda: sent_to(field) == new, "the relay does not begin again", within=200)
    house.until(lambda: published(field) >= known, "not all is published", within=200)
    seconds = field.until_flowing(began, within=200)
    in_sync_again(field)
    return seconds


def topic_id(field: Field) -> str:
    """The topic of case facts; made if it is missing, and waited for where a broker lags."""
    return ensure_topics(field.house.kafka)[EVENTS_TOPIC]


def made_anew(field: Field, old: str) -> bool:
    """Whether there is another topic now. The relay makes one, too."""
    try:
        return topic_id(field) != old
    except (KafkaUnavailable, TopicsUnfit):
        return False


def followed(field: Field) -> set[str]:
    """The ids of the topics that the lanes of case facts were folded from last."""
    rows = field.house.rows("SELECT DISTINCT topic_id FROM views.progress WHERE lane < 12")
    return {str(row[0]) for row in rows}


def sent_to(field: Field) -> str | None:
    """The id of the topic of case facts that the relay's cursor is of."""
    pairs = (str(row[0]).split("=", 1) for row in field.house.rows(SENT_TO))
    return next((found for name, found in pairs if name == EVENTS_TOPIC), None)


def nobody_waited(told: Mapping[str, Any]) -> str | None:
    """The doors answered everything at once: brokers are none of their business."""
    return f"retries {told['retries']}" if told["retries"] else None


def fast_enough(told: Mapping[str, Any]) -> str | None:
    """Published anew at a thousand facts a second at least."""
    rate = -told["notes"].get("slowest_events_per_second", 0.0)
    return None if rate >= SLOWEST_PER_SECOND else f"published anew at {rate:.0f}/s only"


def told_in_time(told: Mapping[str, Any]) -> str | None:
    """The alert came within a minute, wherever the outage was long enough for one."""
    alert = told["notes"].get("alert", 0.0)
    return f"alert after {alert:.0f} s" if alert >= ALERT_WITHIN else None


ANEW_ROWS = (
    Row("F08", "all brokers erased", "everything is published anew", erased, ERASED_WITHIN,
        quick=0, share=ANEW_SHARE, takes=27.0, judge=fast_enough),
    Row("T01", "topic deleted and made anew", "its id is noticed, published anew",
        topic_made_anew, 200.0, quick=0, share=ANEW_SHARE, takes=6.0),
)  # fmt: skip
ROWS = (
    Row("F06", "kill -9 of a leading broker", "another leads, intake sees nothing", leader_killed,
        60.0, takes=11.0, judge_alone=nobody_waited),
    Row("F07", "two of three brokers away", "acts are taken, all arrives later", two_away,
        DRAINED_WITHIN, share=LONG_SHARE, takes=33.0, judge=told_in_time),
)  # fmt: skip
