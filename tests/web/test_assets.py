"""The page assets: small, reproducible, and without addresses of a registry."""

import gzip
import json
from pathlib import Path

import pytest

from services.web.assets import build as assets
from services.web.render import Assets, AssetsNotBuilt

CSS_LIMIT = 15 * 1024
SCRIPT_LIMIT = 25 * 1024


def test_the_lock_file_pins_without_addresses() -> None:
    lock = json.loads((assets.HERE / "package-lock.json").read_text(encoding="utf-8"))
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert packages
    for entry in packages:
        assert "resolved" not in entry
        assert entry["integrity"].startswith("sha512-")


def test_what_a_browser_loads_is_small(tmp_path: Path) -> None:
    built = assets.build(tmp_path)
    if built.without_npm:
        pytest.skip(f"npm is not obtainable here: {built.without_npm}")
    css, script = (tmp_path / built.files[name] for name in ("app.css", "app.js"))
    assert len(gzip.compress(css.read_bytes())) <= CSS_LIMIT
    assert len(gzip.compress(script.read_bytes())) <= SCRIPT_LIMIT
    text = script.read_text(encoding="utf-8")
    assert text.index("registerExtension") < text.index("window.tiepdan =")
    assert "Permission to use" in (tmp_path / assets.NOTICES).read_text(encoding="utf-8")


def test_a_second_build_of_the_same_sources_changes_nothing(tmp_path: Path) -> None:
    first = assets.build(tmp_path)
    if first.without_npm:
        pytest.skip(f"npm is not obtainable here: {first.without_npm}")
    second = assets.build(tmp_path)
    assert first.fresh
    assert not second.fresh
    assert second.files == first.files


def test_without_npm_the_pages_still_have_style_and_own_script(tmp_path: Path) -> None:
    built = assets.build(tmp_path, find_npm=lambda: None)
    assert built.without_npm
    assert "window.tiepdan" in (tmp_path / built.files["app.js"]).read_text(encoding="utf-8")
    assert (tmp_path / built.files["app.css"]).stat().st_size > 0


def test_pages_without_a_build_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(AssetsNotBuilt, match=r"services\.web\.assets"):
        Assets.load(tmp_path)
