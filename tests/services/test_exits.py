"""What a command says when the machine refuses it."""

import subprocess
import sys
from pathlib import Path


def up(state: Path) -> tuple[int, str]:
    """How ``tiepdan up`` ended in a folder, and its last words."""
    command = [sys.executable, "-m", "services.cli", "up", "--state", str(state), "--stream", "log"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return ended.returncode, ended.stderr.splitlines()[-1]


def test_a_start_on_a_disk_already_full_says_so_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "stack.json.new").symlink_to("/dev/full")
    words = "tiepdan: No space left on device; make room on its disk, then ask again"
    assert up(tmp_path) == (1, words)
    assert not (tmp_path / "stack.json").exists()


def test_a_state_folder_below_a_file_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "notes.txt"
    taken.write_text("not a folder", encoding="utf-8")
    code, said = up(taken / "state")
    assert code == 1
    assert said.startswith(f"tiepdan: {taken}/state")
    assert "name another folder" in said
