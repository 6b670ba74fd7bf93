"""``openapi``, ``asyncapi``: the contracts, as the programs really have them."""

import typer

from infra.asyncapi import document, to_yaml
from services.api.app import bare_app
from services.api.openapi import text_of


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(openapi)
    app.command()(asyncapi)


def openapi() -> None:
    """Print the HTTP API as OpenAPI 3.1."""
    print(text_of(bare_app().openapi()), end="")


def asyncapi() -> None:
    """Print the topics and their events as AsyncAPI 3."""
    print(to_yaml(document()), end="")
