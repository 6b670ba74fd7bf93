"""What for? Asked before a protected text is opened or a history replayed (nêu mục đích)."""

from collections.abc import Callable, Sequence

from domain.codes import LABELS, AccessPurpose
from services.web.models import Choice, Field, FieldError, Link
from services.web.models.acts import Post, PurposePage, Subject
from services.web.present.frame import Seat, shell

SEEN = (
    "Ghi lại: vai, cơ quan, lúc xem, mục đích.",
    "Mọi người xem được hồ sơ đều thấy mục này trong “Ai đã xem”.",
    "Không ghi được thì không mở được.",
)


def allowed_purposes(may: Callable[[AccessPurpose], bool]) -> tuple[AccessPurpose, ...]:
    """The purposes that are allowed here, in the order of the list."""
    return tuple(purpose for purpose in AccessPurpose if may(purpose))


def purpose_page(
    seat: Seat,
    title: str,
    subject: Subject,
    action: str,
    key: str,
    purposes: Sequence[AccessPurpose],
    error: FieldError | None = None,
    *,
    what: str = "Nội dung này nằm trong kho được bảo vệ. Hãy nêu mục đích xem.",
    submit: str = "Ghi lại và mở",
) -> PurposePage:
    """The question, with only the purposes that this reader may have."""
    choices = tuple(Choice(purpose.value, LABELS[purpose]) for purpose in purposes)
    wrong = "" if error is None else error.words
    return PurposePage(
        shell=shell(seat, title, here="/hop-viec"),
        title=title,
        what=what,
        post=Post(action, key),
        field=Field("purpose", "Mục đích", error=wrong, choices=choices),
        submit=submit,
        cancel=Link("Thôi, không mở", subject.href),
        seen=SEEN,
        crumbs=(Link(subject.number, subject.href),),
        subject=subject,
        errors=() if error is None else (error,),
    )
