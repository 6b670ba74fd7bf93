"""`python -m services.web.assets [--force]`: build the page assets if they are out of date."""

import sys

from services.web.assets.build import build


def main(arguments: list[str]) -> int:
    """Builds, and says what it made on stderr; a missing npm is a warning, not a failure."""
    done = build(force="--force" in arguments)
    words = "đã dựng" if done.fresh else "không đổi"
    names = ", ".join(done.files.values())
    print(f"Tài nguyên trang {words}: {names}", file=sys.stderr)
    if done.without_npm:
        print(f"Thiếu htmx ({done.without_npm}); trang chạy không trực tiếp.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
