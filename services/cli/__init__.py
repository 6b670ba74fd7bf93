"""The command line: ``tiepdan ..``. Data on stdout, progress on stderr, telling exit codes."""

import typer

from services.cli.exits import telling
from services.cli.rooms import LazyGroup

app = typer.Typer(
    name="tiepdan",
    cls=LazyGroup,
    help="Citizen reception and petitions, coordinated across levels (tiếp dân).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)


@app.callback()
def tiepdan() -> None:
    """Nothing comes before a command; typer makes a group of an app that has this."""


def main() -> None:
    """Run a command; what went wrong becomes a sentence and an exit code."""
    with telling():
        app()
