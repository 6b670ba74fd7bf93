"""What ``tiepdan status`` says of a stack: where it is, and how each process finds itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.worker_health import WorkerDown, ask

Found = Mapping[str, Any]
"""What a supervisor wrote of its stack, or what came of it here."""


def with_conditions(found: Found) -> Found:
    """The status, with what each of our programs that runs says of itself when asked now."""
    processes = {
        name: {**one, **condition_of(found, name)} for name, one in found["processes"].items()
    }
    return {**found, "processes": processes}


def condition_of(found: Found, name: str) -> Mapping[str, object]:
    """``condition``, ``lag`` and ``troubles`` of a program; nothing of a server."""
    url = doors_of(found).get(name)
    if url is None or found["processes"][name]["pid"] is None:
        return {}
    try:
        told = ask(url)
    except WorkerDown:
        return {"condition": "silent", "troubles": []}
    troubles = [f"{trouble.words}: {trouble.mend}" for trouble in told.troubles]
    lag = {} if told.lag is None else {"lag": told.lag}
    return {"condition": told.status, **lag, "troubles": troubles}


def doors_of(found: Found) -> Mapping[str, str]:
    """The address of each program of ours, by its name."""
    workers = {name: worker["url"] for name, worker in found.get("workers", {}).items()}
    names = ["api", *(f"api-{number}" for number in range(2, len(found.get("apis", ())) + 1))]
    return workers | dict(zip(names, found.get("apis", ()), strict=False))


def carrier_of(found: Found) -> str:
    """Who carries the stream."""
    if found["stream"] != "kafka":
        return "the event store's own log (no Kafka)"
    return f"Kafka at {found['kafka']['bootstrap']}, client {found['kafka']['client']}"


def in_words(found: Found) -> str:
    """A status for people."""
    return "\n".join([f"state: {found['state']}", *_addresses(found), *_processes(found)])


def _addresses(found: Found) -> Iterator[str]:
    if found["state"] == "stopped":
        return
    yield f"{'pages':>10}  {', '.join(f'{url}/' for url in found['apis'])}"
    yield f"{'stream':>10}  {carrier_of(found)}"
    for name, url in found.get("figures", {}).items():
        yield f"{'metrics':>10}  {url} of {name}"


def _processes(found: Found) -> Iterator[str]:
    for name, one in found["processes"].items():
        condition = one.get("condition", "ready")
        health = one["health"] if condition == "ready" or one["pid"] is None else condition
        lag = f"  {one['lag']:.1f} s behind" if "lag" in one else ""
        yield f"{name:>10}  {health:<9} pid {one['pid']}  restarts {one['restarts']}{lag}"
        for trouble in one.get("troubles", ()):
            yield f"{'':>12}{trouble}"
