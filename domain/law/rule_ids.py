"""The provisions that code asks for by name (mã quy định). Lawyers' other rules need no code."""

from typing import Final

CROWD: Final = "crowd"
