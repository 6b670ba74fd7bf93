"""The day a page is about, as it was typed into an address (ngày xem)."""

from dataclasses import dataclass
from datetime import date

from domain.directory import Directory
from services.web.models.places import DayPick
from services.web.present.asking import day_in

NO_DAY = "Không phải ngày có thật. Gõ ngày/tháng/năm, ví dụ 01/07/2025."


@dataclass(frozen=True, slots=True)
class AsOf:
    """The directory a page shows, and of which day; ``today`` unless another was typed."""

    directory: Directory
    on: date
    known: date | None
    today: date
    wrong: str = ""

    @classmethod
    def typed(cls, day: str, known: str, directory: Directory, today: date) -> "AsOf":
        """What was typed; what is no day leaves today, and says so."""
        on = day_in(day.strip(), today) if day.strip() else today
        until = day_in(known.strip(), today) if known.strip() else None
        wrong = NO_DAY if on is None or (known.strip() and until is None) else ""
        told = directory if until is None else directory.known_on(until)
        return cls(told, on or today, until, today, wrong)

    def pick(
        self, action: str, *, asks_known: bool = False, keep: tuple[tuple[str, str], ...] = ()
    ) -> DayPick:
        """The form that changes the day."""
        known = "" if self.known is None else f"{self.known:%d/%m/%Y}"
        return DayPick(action, f"{self.on:%d/%m/%Y}", known, asks_known, keep, self.wrong)

    def link(self, unit_id: str) -> str:
        """The address of a unit on the same day."""
        asked = [] if self.on == self.today else [f"ngay={self.on:%d/%m/%Y}"]
        if self.known is not None:
            asked.append(f"biet={self.known:%d/%m/%Y}")
        return f"/don-vi/{unit_id}{'?' if asked else ''}{'&'.join(asked)}"
