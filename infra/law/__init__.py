"""The rulebooks the project carries, and the reader for anybody's (bộ quy tắc, TOML).

The books in ``books`` are written and kept by lawyers; ``books/README.md`` tells them how.
"""

from importlib.resources import as_file, files

from infra.law.reader import Edition, read_folder


def carried_edition() -> Edition:
    """What the release carries. Refuses: :class:`infra.law.reader.BrokenRulebook`."""
    with as_file(files(__name__).joinpath("books")) as folder:
        return read_folder(folder)
