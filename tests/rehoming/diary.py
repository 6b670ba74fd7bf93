"""How far a run has come, so that an interrupted one goes on (nhật ký chạy thử)."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

NAME = "diary.json"


@dataclass
class Diary:
    """What was asked, and what is done. ``points``: where the store stands at each kill."""

    petitions: int
    cuts: int
    seed: int
    reformed: bool = False
    head: int = 0
    points: list[int] = field(default_factory=list)
    killed: int = 0
    seconds: float = 0.0

    @classmethod
    def opened(cls, folder: Path, petitions: int, cuts: int, seed: int) -> "Diary":
        """The one kept in a folder, if it is about the same run; else a new one."""
        asked = cls(petitions, cuts, seed)
        path = folder / NAME
        if path.exists():
            kept = cls(**json.loads(path.read_text()))
            if (kept.petitions, kept.cuts, kept.seed) != (petitions, cuts, seed):
                raise ValueError(f"{path} is about another run: {asdict(kept)}")
            return kept
        return asked

    def ready(self, head: int, random: Random) -> None:
        """The reform is recorded: where to kill is drawn now."""
        most = max(1, self.petitions * 9 // 10)
        self.reformed, self.head = True, head
        self.points = sorted(head + random.randrange(most) for _ in range(self.cuts))

    def keep(self, folder: Path) -> None:
        """Write it down."""
        (folder / NAME).write_text(json.dumps(asdict(self)))
