"""What a reader may open of a file, by the one table of rights (quyền mở nội dung)."""

from uuid import UUID

from domain.codes import AccessPurpose
from domain.commands.access import OpenText
from domain.values import TextRef
from projections.case_row import CaseRow
from services import sight
from services.api import row_circles
from services.web.present.purpose import allowed_purposes
from services.web.present.texts import OpenedText, TextRights
from services.web.routes.door import Visit
from services.web.routes.files_at import Seen


def rights_of(visit: Visit, thing: Seen, opened: OpenedText | None = None) -> TextRights:
    """Which texts this reader may open, and which one was just opened."""
    return TextRights(lambda ref: bool(purposes(visit, thing, ref)), opened)


def purposes(visit: Visit, thing: Seen, ref: TextRef) -> tuple[AccessPurpose, ...]:
    """The purposes for which this reader may open a text."""
    reading = visit.reading
    return allowed_purposes(
        lambda purpose: sight.may_open_text(
            OpenText(subject=thing.dossier.id, entry=ref.entry, field=ref.field, purpose=purpose),
            reading.officer,
            thing.circle,
            reading.directory,
            reading.today,
        )
    )


def visible_case(visit: Visit, case: UUID | None) -> CaseRow | None:
    """A case that is linked to, if it exists for the reader."""
    row = None if case is None else visit.parts.views.find_case(case)
    return row if row is not None and visit.reading.sees(row_circles.of_case(row)) else None


def may_replay(visit: Visit, thing: Seen) -> bool:
    """Whether this reader may replay the file's history."""
    reading = visit.reading
    return sight.may_replay(reading.officer, thing.circle, reading.directory, reading.today)
