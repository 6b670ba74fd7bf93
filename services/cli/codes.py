"""Which error of the house ends a command with which code."""

from domain.errors import Refusal
from domain.law.editions import UnreadableEdition
from domain.ports import StoreUnavailable
from infra.kafka.topics import TopicsUnfit
from infra.local.errors import LocalStackError
from infra.postgres.migrate import MigrationEdited
from infra.postgres.recorder import UnsafeStore
from infra.postgres.views.beside import NoOldViews, RebuildRuns
from infra.postgres.views.swapping import ViewsHeld
from infra.settings import SettingsError
from projections.ports import StreamUnavailable, ViewsUnavailable
from services.cli.exits import Exit
from services.demo.advance import CannotAdvance
from services.rebuild_helper import HelperLost
from services.stack.settling import PlanRefused

CODES: tuple[tuple[type[Exception], Exit], ...] = (
    (SettingsError, Exit.USAGE),
    (PlanRefused, Exit.USAGE),
    (CannotAdvance, Exit.USAGE),
    (Refusal, Exit.FAILURE),
    (UnreadableEdition, Exit.FAILURE),
    (MigrationEdited, Exit.FAILURE),
    (UnsafeStore, Exit.FAILURE),
    (TopicsUnfit, Exit.FAILURE),
    (LocalStackError, Exit.FAILURE),
    (NoOldViews, Exit.FAILURE),
    (RebuildRuns, Exit.FAILURE),
    (ViewsHeld, Exit.FAILURE),
    (HelperLost, Exit.FAILURE),
    (StoreUnavailable, Exit.DEPENDENCY_DOWN),
    (ViewsUnavailable, Exit.DEPENDENCY_DOWN),
    (StreamUnavailable, Exit.DEPENDENCY_DOWN),
)
