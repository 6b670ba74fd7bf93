"""`python -m services.web.showcase --out DIR`: every sample as a static HTML file."""

import argparse
import shutil
import sys
from pathlib import Path

from services.web.assets.build import BUILT, build
from services.web.render import Assets, Renderer
from services.web.showcase.pages import SAMPLES


def render_all(target: Path) -> list[Path]:
    """Writes the samples and the assets they load; the answer is the list of pages."""
    build()
    static = target / "static"
    if static.exists():
        shutil.rmtree(static)
    shutil.copytree(BUILT, static)
    renderer = Renderer(Assets.load(base_url="static/"))
    pages: list[Path] = []
    for sample in SAMPLES:
        path = target / f"{sample.name}.html"
        path.write_text(renderer.page(sample.template, sample.make()), encoding="utf-8")
        pages.append(path)
    return pages


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m services.web.showcase")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pages")
    target: Path = parser.parse_args(arguments).out
    target.mkdir(parents=True, exist_ok=True)
    for path in render_all(target):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
