"""Makes the files a browser loads: one style sheet, one script, one icon.

htmx and its SSE extension go into the same file as our own script: two deferred scripts race, and
then the stream never connects. Without npm the script is ours alone and the pages work as plain
forms; the manifest says so.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
BUILT: Final = HERE.parent / "static" / "built"
PACKAGES: Final = HERE / "node_modules"
MANIFEST: Final = "manifest.json"
NOTICES: Final = "LICENCES.txt"
SCRIPTS: Final = ("htmx.org/dist/htmx.min.js", "htmx.org/dist/ext/hx-sse.min.js")
LICENCES: Final = ("htmx.org/LICENSE",)
NPM_SECONDS: Final = 180


@dataclass(frozen=True, slots=True)
class Built:
    """What the build did: plain name to hashed name, and why npm's part is missing, if it is."""

    files: dict[str, str]
    fresh: bool
    without_npm: str = ""
    sizes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What stands in manifest.json; `stamp` is the hash of all sources."""

    stamp: str
    files: dict[str, str]
    without_npm: str


def build(target: Path = BUILT, *, force: bool = False) -> Built:
    """Builds what is out of date; the same sources give the same names."""
    stamp = _stamp(_sources())
    earlier = _earlier(target)
    if not force and earlier and earlier.stamp == stamp and not earlier.without_npm:
        return Built(files=earlier.files, fresh=False)
    without_npm = install_packages()
    target.mkdir(parents=True, exist_ok=True)
    files = {
        "app.css": _write(target, "app", ".css", _css()),
        "app.js": _write(target, "app", ".js", _script(with_packages=not without_npm)),
        "icon.svg": _write(target, "icon", ".svg", (HERE / "icon.svg").read_bytes()),
    }
    (target / NOTICES).write_bytes(_notices(with_packages=not without_npm))
    manifest = _Manifest(stamp, files, without_npm)
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    (target / MANIFEST).write_text(text + "\n", encoding="utf-8")
    _sweep(target, {*files.values(), MANIFEST, NOTICES})
    sizes = {name: (target / name).stat().st_size for name in files.values()}
    return Built(files=files, fresh=True, without_npm=without_npm, sizes=sizes)


def install_packages() -> str:
    """Brings the pinned packages by `npm ci`; the answer is empty, or why they are not here."""
    command = npm_command()
    if command is None:
        return "npm không có trên máy này"
    try:
        done = subprocess.run(
            [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=NPM_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"npm ci không chạy được: {error}"
    if done.returncode != 0 or not all((PACKAGES / name).exists() for name in SCRIPTS):
        return f"npm ci thất bại ({done.returncode}): {done.stderr.strip()[-400:]}"
    return ""


def npm_command() -> list[str] | None:
    """The npm of the machine, or the one in the Node.js wheel of this interpreter."""
    found = shutil.which("npm")
    if found:
        return [found]
    wheel = Path(sys.executable).parent / "npm"
    if wheel.exists():
        return [str(wheel)]
    return None


def _sources() -> list[Path]:
    own = [*(HERE / "css").glob("*.css"), *(HERE / "js").glob("*.js")]
    return sorted([*own, HERE / "icon.svg", HERE / "package-lock.json", HERE / "build.py"])


def _stamp(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _earlier(target: Path) -> _Manifest | None:
    """The last manifest, if all its files are still there."""
    path = target / MANIFEST
    if not path.exists():
        return None
    manifest = _Manifest(**json.loads(path.read_text(encoding="utf-8")))
    return manifest if all((target / n).exists() for n in manifest.files.values()) else None


def _css() -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted((HERE / "css").glob("*.css")))


def _script(*, with_packages: bool) -> bytes:
    parts = [(PACKAGES / name).read_bytes() for name in SCRIPTS] if with_packages else []
    own = [path.read_bytes() for path in sorted((HERE / "js").glob("*.js"))]
    kept = [_without_source_map(part) for part in parts]
    return b"\n;\n".join([*kept, *own])


def _without_source_map(script: bytes) -> bytes:
    lines = [line for line in script.splitlines() if not line.startswith(b"//# sourceMappingURL")]
    return b"\n".join(lines)


def _notices(*, with_packages: bool) -> bytes:
    parts = [
        name.encode() + b"\n\n" + (PACKAGES / name).read_bytes()
        for name in (LICENCES if with_packages else ())
    ]
    return b"\n\n".join(parts)


def _write(target: Path, stem: str, suffix: str, content: bytes) -> str:
    name = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
    (target / name).write_bytes(content)
    return name


def _sweep(target: Path, wanted: set[str]) -> None:
    """Removes the files of earlier builds."""
    for path in target.iterdir():
        if path.is_file() and path.name not in wanted:
            path.unlink()
