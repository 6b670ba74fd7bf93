"""The JSON Schema of every event type and version (lược đồ sự kiện), for who reads the topics.

Made from the event classes, kept in ``docs/schemas`` and compared by a test, so that no
release changes a stored form unseen. ``python -m infra.schemas --write`` makes them anew.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from domain.events.registry import ALL, type_name
from infra.kafka.messages import schema_urn

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "schemas"


def file_name(name: str) -> str:
    """Where the schema of ``petition.transferred/1`` lies: ``petition.transferred.1.json``."""
    return f"{name.replace('/', '.')}.json"


def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Every registered type's schema by stored name, in the registry's order."""
    return {
        type_name(cls): {
            "$schema": DIALECT,
            "$id": schema_urn(type_name(cls)),
            **TypeAdapter(cls).json_schema(mode="serialization"),
        }
        for cls in ALL
    }


def files() -> Mapping[str, str]:
    """The schema files as they must be, by file name."""
    return {
        file_name(name): json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas().items()
    }


def differences(folder: Path = FOLDER) -> list[str]:
    """The names of files that are missing, other than they must be, or of no type."""
    kept = {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
    wanted = files()
    return sorted(name for name in {*kept, *wanted} if kept.get(name) != wanted.get(name))


def write(folder: Path = FOLDER) -> None:
    """Make the files anew. One of a type that is gone stays and is reported: types do not go."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, "utf-8")


def main() -> int:
    """Say which files differ, or write them; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.schemas", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/schemas")
    if parser.parse_args().write:
        write()
    different = differences()
    for name in different:
        sys.stdout.write(f"{name}\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
