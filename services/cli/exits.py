"""Exit codes: 0 ok, 1 failure, 2 usage, 3 verification mismatch, 4 dependency down."""

import contextlib
import sys
from collections.abc import Iterator
from enum import IntEnum

from domain.errors import Refusal
from domain.ports import StoreUnavailable
from infra.kafka.topics import TopicsUnfit
from infra.local.errors import LocalStackError
from infra.postgres.migrate import MigrationEdited
from infra.postgres.recorder import UnsafeStore
from infra.postgres.views.beside import RebuildRuns
from infra.settings import SettingsError
from infra.units.unit_list import BrokenUnitList
from projections.ports import StreamUnavailable, ViewsUnavailable
from services.stack.settling import PlanRefused


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    MISMATCH = 3
    DEPENDENCY_DOWN = 4


CODES: tuple[tuple[type[Exception], Exit], ...] = (
    (SettingsError, Exit.USAGE),
    (PlanRefused, Exit.USAGE),
    (BrokenUnitList, Exit.FAILURE),
    (Refusal, Exit.FAILURE),
    (MigrationEdited, Exit.FAILURE),
    (UnsafeStore, Exit.FAILURE),
    (TopicsUnfit, Exit.FAILURE),
    (LocalStackError, Exit.FAILURE),
    (RebuildRuns, Exit.FAILURE),
    (StoreUnavailable, Exit.DEPENDENCY_DOWN),
    (ViewsUnavailable, Exit.DEPENDENCY_DOWN),
    (StreamUnavailable, Exit.DEPENDENCY_DOWN),
)


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """Turn what the house is known to raise into a sentence on stderr and a code."""
    try:
        yield
    except tuple(kind for kind, _ in CODES) as error:
        code = next(code for kind, code in CODES if isinstance(error, kind))
        print(f"tiepdan: {error}", file=sys.stderr)
        raise SystemExit(code) from error
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def say(line: str) -> None:
    """Progress and remarks, for whoever watches."""
    print(line, file=sys.stderr, flush=True)
