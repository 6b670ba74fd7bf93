"""What the API says of itself: its lines, its figures; parts of it that answer or are down."""

import io
import json
import logging
import urllib.request
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from services.api import logs
from services.api.metrics import Metrics
from services.api.server import metrics_served
from services.probing import PartDown


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the process says, in its real form."""
    stream = io.StringIO()
    before = logging.root.handlers[:], logging.root.level
    logs.configure(stream)
    yield stream
    logging.root.handlers[:], logging.root.level = before


def said(lines: io.StringIO) -> list[dict[str, Any]]:
    """The log lines, each a JSON object."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def scrape(metrics: Metrics) -> str:
    """What a Prometheus server reads on the internal port."""
    with (
        metrics_served(metrics, host="127.0.0.1", port=0) as port,
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as page,
    ):
        text: str = page.read().decode()
    return text


def down() -> NoReturn:
    raise PartDown("10.0.0.5")


def well() -> None:
    """A part that answers."""
