"""Bad weather for single programs: clocks that are off, disks that are slow, disks that are full.

Clock and disk speed come from a small library that is loaded before the C library
(``weather.c``, compiled here) and reads what to do from a shared page. Full disks are small
file systems in memory. Both ask more of a machine than tests usually do: :func:`compiler`
and :func:`may_mount` say whether it is there.
"""

import contextlib
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parent / "weather.c"
PAGE = struct.Struct("qq")
MEGABYTE = 1024 * 1024


def compiler() -> str | None:
    """A C compiler, if the machine has one."""
    return next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)


@dataclass(frozen=True)
class Weather:
    """The weather of one program; changes reach it at once."""

    folder: Path
    name: str

    @classmethod
    def fine(cls, folder: Path, name: str) -> "Weather":
        """A right clock and a quick disk."""
        weather = cls(folder, name)
        weather.page.write_bytes(PAGE.pack(0, 0))
        weather.page.chmod(0o644)
        return weather

    @property
    def page(self) -> Path:
        """The file the program looks at."""
        return self.folder / f"{self.name}.weather"

    @property
    def env(self) -> dict[str, str]:
        """What the program is started with."""
        return {"LD_PRELOAD": str(self.folder / "weather.so"), "TIEPDAN_WEATHER": str(self.page)}

    def become(self, *, clock_ahead: float = 0.0, flush_takes: float = 0.0) -> None:
        """Seconds the clock is ahead; seconds each flush to the disk takes longer."""
        with self.page.open("r+b") as page:
            page.write(PAGE.pack(round(clock_ahead * 1e9), round(flush_takes * 1e6)))


def build(folder: Path) -> None:
    """Compile the library into a folder that every account may read."""
    made = folder / "weather.so"
    found = compiler()
    assert found is not None
    argv = [found, "-O2", "-shared", "-fPIC", "-o", str(made), str(SOURCE)]
    subprocess.run(argv, check=True, capture_output=True, text=True)
    made.chmod(0o755)


def may_mount(folder: Path) -> str | None:
    """None when small file systems can be mounted here, else why not."""
    if os.geteuid() != 0:
        return "only root may mount a small file system"
    probe = folder / "mount-probe"
    probe.mkdir()
    try:
        mount(probe, 1)
    except subprocess.CalledProcessError as refused:
        return f"mount is refused: {refused.stderr.strip()}"
    else:
        unmount(probe)
        return None
    finally:
        probe.rmdir()


def mount(folder: Path, megabytes: int) -> None:
    """A file system in memory of this size."""
    kind = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder)]
    subprocess.run(kind, check=True, capture_output=True, text=True)


def unmount(folder: Path) -> None:
    """Take it away, whoever still has a file open in it."""
    subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True, text=True)


@contextlib.contextmanager
def filled(folder: Path, *, leave: int = 0) -> Iterator[None]:
    """Fill the folder's file system but for so many bytes; free it again afterwards."""
    ballast = folder / f"ballast-{leave}"
    with ballast.open("wb", buffering=0) as heavy:
        with contextlib.suppress(OSError):
            while (more := space_in(folder) - leave) > 0:
                heavy.write(bytes(min(MEGABYTE, more)))
        try:
            yield
        finally:
            ballast.unlink()


def space_in(folder: Path) -> int:
    """Free bytes."""
    return shutil.disk_usage(folder).free
