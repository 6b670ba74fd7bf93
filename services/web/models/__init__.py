"""What each page shows: the contract between queries and templates.

Frozen dataclasses of plain words, numbers, moments and addresses. A query fills them, a template
reads them, a sample in the showcase invents them. Words arrive ready to read ("Còn 2 ngày làm
việc"); moments arrive in local time and are written out by the filters of the renderer.
"""

from services.web.models.boards import (
    Board,
    Cell,
    ChangeLine,
    DistrictBoard,
    Figure,
    GatheringCard,
    Header,
    ProvinceBoard,
    Session,
    TodoEntry,
    UnitGroup,
    UnitRow,
    UnitTable,
)
from services.web.models.desk import (
    Desk,
    FilterChip,
    InboxRow,
    Pager,
    PetitionList,
    Queue,
    QueueGroup,
    TransferRow,
)
from services.web.models.file import Custody, Holder, Moment, Why, WhyDay
from services.web.models.forms import Answer, Choice, Field, FieldError
from services.web.models.hexes import HexCell, HexMap, Inset, MapLabel
from services.web.models.marks import (
    Ago,
    Alert,
    DueChip,
    DueKind,
    EmptyState,
    Link,
    StateTag,
    TagKind,
)
from services.web.models.shell import (
    Account,
    AgeState,
    DataAge,
    Fragment,
    NavItem,
    Search,
    Shell,
)
from services.web.models.sign_in import ErrorPage, Person, Place, Seats, SignIn

__all__ = [
    "Account",
    "AgeState",
    "Ago",
    "Alert",
    "Answer",
    "Board",
    "Cell",
    "ChangeLine",
    "Choice",
    "Custody",
    "DataAge",
    "Desk",
    "DistrictBoard",
    "DueChip",
    "DueKind",
    "EmptyState",
    "ErrorPage",
    "Field",
    "FieldError",
    "Figure",
    "FilterChip",
    "Fragment",
    "GatheringCard",
    "Header",
    "HexCell",
    "HexMap",
    "Holder",
    "InboxRow",
    "Inset",
    "Link",
    "MapLabel",
    "Moment",
    "NavItem",
    "Pager",
    "Person",
    "PetitionList",
    "Place",
    "ProvinceBoard",
    "Queue",
    "QueueGroup",
    "Search",
    "Seats",
    "Session",
    "Shell",
    "SignIn",
    "StateTag",
    "TagKind",
    "TodoEntry",
    "TransferRow",
    "UnitGroup",
    "UnitRow",
    "UnitTable",
    "Why",
    "WhyDay",
]
