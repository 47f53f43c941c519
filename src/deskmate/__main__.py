"""The entry point: from the words of the command line to what carries them out.

Dispatch is by hand and everything heavy is imported only once it is reached.
"""

from __future__ import annotations

import os
import sys

from deskmate import paths
from deskmate.errors import DONE, REFUSED, DeskmateError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.table import Word

INTERRUPTED = 130
_HELP = ("--help", "-h")


def main(argv: list[str] | None = None) -> int:
    """Carry out one command line, ``sys.argv`` unless given, and return the exit code."""
    os.umask(0o077)
    words = list(sys.argv[1:] if argv is None else argv)
    # Text the terminal's encoding can not say must not keep the rest from being read.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    folder = [paths.data_dir()]
    try:
        code = _dispatch(words, folder)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read us has seen enough
        _let_go_of_stdout()
        return DONE
    except DeskmateError as error:
        _complain(error.message, error.hint)
        return error.exit_code
    except OSError as error:
        _let_go_of_stdout()
        where = f": {os.fsdecode(error.filename)}" if isinstance(error.filename, str | bytes) else ""
        _complain(f"{error.strerror or type(error).__name__}{where}.")
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the last net: content must not reach the terminal in a traceback
        from deskmate.cli.crash import report

        _complain(*report(error, folder[0]))
        return REFUSED


def _dispatch(words: list[str], folder: list[str]) -> int:
    """Find the word and carry it out. ``folder`` is where the caller looks up the data folder afterwards."""
    leading: list[str] = []
    while words and words[0].startswith("-"):
        if words[0] in _HELP:
            return _help(words[1:3])
        if words[0] == "--version":
            from deskmate import __version__
            from deskmate.cli.output import say

            say(f"deskmate {__version__}")
            return DONE
        if not words[0].startswith("--data") or words[0][6:7] not in ("", "="):
            raise UsageError(f"deskmate knows no option “{words[0]}”.", "deskmate --help says what there is.")
        size = 1 if "=" in words[0] else 2
        if len(words) < size:
            raise UsageError("--data needs a folder.", "deskmate --data DIR …")
        leading += words[:size]
        words = words[size:]

    if not words:
        if leading:
            folder[0] = _absolute(leading[-1].removeprefix("--data="))
        from deskmate.tui.start import run

        return run(folder[0])

    from deskmate.cli.table import WORDS

    word = WORDS.get(words[0])
    if word is None:
        from deskmate.cli.words import nearest

        raise UsageError(
            f"deskmate knows no word “{words[0]}”.{nearest(words[0], WORDS)}",
            "deskmate --help says what there is.",
        )
    rest = words[1:]
    if word.family and not _asks_for_help(word, rest[:1]):
        from deskmate.cli.words import member

        word, rest = member(word, rest)
    if _asks_for_help(word, rest):
        return _help(word.name.split())

    from deskmate.cli.words import parse

    said = parse(word, leading + rest)
    named = said.value("--data")
    if named is not None:
        folder[0] = _absolute(named)
    code: int = getattr(__import__(word.module, fromlist=[word.function]), word.function)(said, folder[0])
    return code


def _asks_for_help(word: Word, rest: list[str]) -> bool:
    """Where dash words are text, only a lone ``--help`` is a question."""
    if word.takes_any:
        return len(rest) == 1 and rest[0] in _HELP
    options = rest[: rest.index("--")] if "--" in rest else rest
    return any(item in _HELP for item in options)


def _absolute(folder: str) -> str:
    if not folder:
        raise UsageError("--data needs a folder.", "deskmate --data DIR …")
    return os.path.abspath(os.path.expanduser(folder))


def _help(words: list[str]) -> int:
    from deskmate.cli.help import explain

    return explain(words)


def _complain(message: str, hint: str = "") -> None:
    from deskmate.cli.output import narrate

    try:
        narrate(f"deskmate: {message}")
        if hint:
            narrate(hint)
    except OSError:
        pass  # nobody is listening on standard error either


def _let_go_of_stdout() -> None:
    """What could not be written must not be tried again at exit, where Python would complain about it."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (AttributeError, OSError, ValueError):
        pass  # there is no real standard output to let go of


if __name__ == "__main__":
    raise SystemExit(main())
