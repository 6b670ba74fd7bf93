"""What a page says after an act, by the short word in the address (thông báo sau khi ghi)."""

from typing import Final

NOTICES: Final[dict[str, str]] = {}
