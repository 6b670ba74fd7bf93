"""Pages on which an officer does one thing: the form, the check, the conflict (trang thao tác).

The name of a field is its place in the API's body with dots: `to_office`, `texts.note`,
`count.low`; so an error at `/texts/note` belongs to the field `texts.note`.

Every form posts, besides its fields, `csrf`, `key` (idempotency key), `version` (the file's
version that was read, empty for something new) and `step`, the button that was pressed: `check`
("Xem lại"), `find` (fill the pickers from `<field>.q`), `edit` (back to the form) or `record`.
"""

from dataclasses import dataclass
from typing import Literal

from services.web.models.file import Custody, Moment, Why
from services.web.models.forms import Answer, Field, FieldError
from services.web.models.marks import Link, StateTag
from services.web.models.shell import Shell

Widget = Literal["text", "area", "radios", "select", "check", "count", "day", "moment", "picker"]
"""How a question is asked. A day is dd/mm/yyyy in a text box, a moment has hh:mm after it."""

Step = Literal["check", "find", "edit", "record"]


@dataclass(frozen=True, slots=True)
class Picker:
    """An office, unit, petition or officer to pick: what was searched for and what was found.

    The choices of the question's field are what can be picked now; `words` says how they came
    ("3 cơ quan khớp") or that nothing did. Without a `search` label there is only the list.
    """

    search: str = ""
    query: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A field and how it is asked; a checkbox is ticked when its value is not empty."""

    field: Field
    widget: Widget = "text"
    rows: int = 3
    column: bool = False
    picker: Picker = Picker()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form. Questions of one row stand side by side where there is room.

    `sealed`: the frame of a denouncer's identity. `may_seal`: the frame appears as soon as the
    kind "denunciation" is chosen.
    """

    id: str
    title: str
    rows: tuple[tuple[Question, ...], ...]
    meta: str = ""
    key: str = ""
    sealed: bool = False
    may_seal: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in their order."""
        return tuple(question for row in self.rows for question in row)


@dataclass(frozen=True, slots=True)
class Aside:
    """Something to know beside a form: who stays answerable, when it will be due, and why."""

    title: str
    strong: str = ""
    words: str = ""
    link: Link | None = None
    why: Why | None = None
    custody: Custody | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What the act is about: number, where it leads, its state, a few words."""

    number: str
    href: str
    words: tuple[str, ...] = ()
    state: StateTag | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Where a form goes, and what it carries unseen."""

    action: str
    key: str
    version: str = ""
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ActForm:
    """One act, asked for (trang thao tác).

    `lead` says what the act does, `problem` why it was refused as a whole. `occurred` is the
    optional moment, for what happened before it is recorded. With `submit_step` "record" there is
    nothing to check.
    """

    shell: Shell
    title: str
    post: Post
    sections: tuple[Section, ...]
    submit: str
    cancel: Link
    lead: str = ""
    meta: str = ""
    crumbs: tuple[Link, ...] = ()
    subject: Subject | None = None
    asides: tuple[Aside, ...] = ()
    errors: tuple[FieldError, ...] = ()
    problem: str = ""
    occurred: Field | None = None
    submit_step: Step = "check"
    note: str = "Chưa có gì được ghi."


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers under one heading. An `edit_href` of "#field" goes back to the form at that field."""

    title: str
    answers: tuple[Answer, ...]
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of a printed paper with its bold part."""

    before: str
    strong: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is printed, with the head of Decree 30 (giấy)."""

    superior: str
    office: str
    number: str
    place_and_day: str
    title: str
    subtitle: str
    lines: tuple[PaperLine, ...]
    signer: str = ""
    receiver: str = ""
    sample: str = ""  # "Dữ liệu mẫu, không có giá trị" on the papers of a demo


@dataclass(frozen=True, slots=True)
class ActCheck:
    """What will be recorded, read once more (xem lại); all answers ride in `post.hidden`."""

    shell: Shell
    title: str
    post: Post
    groups: tuple[AnswerGroup, ...]
    submit: str
    meta: str = ""
    crumbs: tuple[Link, ...] = ()
    subject: Subject | None = None
    follows: tuple[str, ...] = ()
    why: Why | None = None
    custody: Custody | None = None
    paper: Paper | None = None
    paper_title: str = ""
    paper_note: str = ""
    problem: str = ""
    note: str = "Bấm hai lần cũng chỉ ghi một lần."


@dataclass(frozen=True, slots=True)
class Difference:
    """One item of a file: as it was read, and as it is now."""

    item: str
    read: str
    now: str
    changed: bool = True


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Somebody was first (hồ sơ đã thay đổi): both versions, and what was typed is kept.

    `post` carries the typed answers with the new version, and a new key.
    """

    shell: Shell
    title: str
    what: str
    subject: Subject
    read_version: str
    now_version: str
    differences: tuple[Difference, ...]
    since: tuple[Moment, ...]
    mine_title: str
    mine: tuple[Answer, ...]
    post: Post
    leave: Link
    submit: str = "Xem lại với bản mới"
    crumbs: tuple[Link, ...] = ()
    possible: bool = True
    """False: the act makes no sense any more; there is only the way back."""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """After a petition was taken in (biên nhận): the paper, and what to do next."""

    shell: Shell
    title: str
    number: str
    words: str
    paper: Paper
    next: tuple[Link, ...]
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class PurposePage:
    """Asked before a text is opened or a history replayed; `seen` says who will see it."""

    shell: Shell
    title: str
    what: str
    post: Post
    field: Field
    submit: str
    cancel: Link
    seen: tuple[str, ...] = ()
    crumbs: tuple[Link, ...] = ()
    subject: Subject | None = None
    errors: tuple[FieldError, ...] = ()
    method: Literal["post", "get"] = "post"
