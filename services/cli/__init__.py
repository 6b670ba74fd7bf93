"""The command line: ``tiepdan ..``. Data on stdout, progress on stderr, telling exit codes."""

import typer

from services.cli import (
    auditing,
    benching,
    directory,
    measuring,
    papers,
    parking,
    programs,
    reconciling,
    stack,
)
from services.cli.exits import telling

app = typer.Typer(
    name="tiepdan",
    help="Citizen reception and petitions, coordinated across levels (tiếp dân).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
for room in (
    stack,
    programs,
    directory,
    auditing,
    reconciling,
    parking,
    measuring,
    benching,
    papers,
):
    room.register(app)


def main() -> None:
    """Run a command; what went wrong becomes a sentence and an exit code."""
    with telling():
        app()
