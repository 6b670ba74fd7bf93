"""The README's walk does what it says, on a running demo."""

import json
import os
import subprocess
from typing import Any

from tests.readme.walk import README, Walk, read_walk
from tests.stack import Stack

ACTS = ["201", "202", "202", "403", "202", "201", "202", "202", "202", "201"]


def run(walk: Walk, stack: Stack) -> subprocess.CompletedProcess[str]:
    """The walk by a shell that stops at the first failure."""
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", walk.with_statuses()],
        cwd=README.parent,
        env={**os.environ, "STATE": str(stack.state), "URL": stack.url},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def objects(output: str) -> list[dict[str, Any]]:
    """Every JSON object that was printed on a line of its own."""
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def test_the_walk_of_the_readme_goes_as_written(running_stack: Stack) -> None:
    walk = read_walk()

    done = run(walk, running_stack)

    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if line.isdigit()] == ACTS
    promised = [words.split(maxsplit=1)[0].rstrip(",") for words in walk.expected]
    assert promised == ["201", "403", "201"]
    answers = objects(done.stdout)
    assert [each["code"] for each in answers if "code" in each] == ["not_in_charge"]
    (again,) = [each for each in answers if each.get("number")]
    assert again["version"] == 1, "the same key gave the first receipt again"
