"""Which error of the house ends a command with which code."""

from domain.errors import Refusal
from domain.law.editions import UnreadableEdition
from domain.ports import StoreUnavailable
from infra.kafka.log_watch import StreamStuck
from infra.kafka.topics import TopicsUnfit
from infra.local.errors import LocalStackError
from infra.postgres.migrate import MigrationEdited
from infra.postgres.recorder import UnsafeStore
from infra.postgres.views.beside import NoOldViews, RebuildRuns
from infra.postgres.views.swapping import ViewsHeld
from infra.serial import MalformedRecord, UnknownEventType
from infra.settings import SettingsError
from projections.ports import StreamUnavailable, ViewsUnavailable
from services.cli.exits import Exit
from services.demo.advance import CannotAdvance
from services.rebuild_helper import HelperLost
from services.renewing import WouldLose
from services.replay import StreamBroken
from services.stack.settling import PlanRefused
from services.telling import UnreadableFact

CODES: tuple[tuple[type[Exception], Exit], ...] = (
    (SettingsError, Exit.USAGE),
    (PlanRefused, Exit.USAGE),
    (CannotAdvance, Exit.USAGE),
    (Refusal, Exit.FAILURE),
    (UnreadableEdition, Exit.FAILURE),
    (MigrationEdited, Exit.FAILURE),
    (UnsafeStore, Exit.FAILURE),
    (TopicsUnfit, Exit.FAILURE),
    (StreamStuck, Exit.FAILURE),
    (LocalStackError, Exit.FAILURE),
    (NoOldViews, Exit.FAILURE),
    (RebuildRuns, Exit.FAILURE),
    (ViewsHeld, Exit.FAILURE),
    (HelperLost, Exit.FAILURE),
    (UnreadableFact, Exit.FAILURE),
    (MalformedRecord, Exit.FAILURE),
    (UnknownEventType, Exit.FAILURE),
    (StreamBroken, Exit.MISMATCH),
    (WouldLose, Exit.MISMATCH),
    (StoreUnavailable, Exit.DEPENDENCY_DOWN),
    (ViewsUnavailable, Exit.DEPENDENCY_DOWN),
    (StreamUnavailable, Exit.DEPENDENCY_DOWN),
)
