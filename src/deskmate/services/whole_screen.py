"""Takes the whole screen into a file, as a program of its own: ``python -m deskmate.services.whole_screen FILE``."""

from __future__ import annotations

import sys


def main(path: str) -> int:
    """Write the screen to ``path`` as a PNG; the exit code. Why it did not work is the last line said."""
    import mss
    from mss.exception import ScreenShotError

    try:
        with mss.MSS() as screens:
            screens.shot(mon=-1, output=path)
    except ScreenShotError as error:
        print(str(error).splitlines()[0], file=sys.stderr)  # noqa: T201 - this is its way to say so
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
