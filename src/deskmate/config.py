"""The settings that a person edits: one TOML file, read into frozen dataclasses and never rewritten.

Each setting is a field, its default says what it may hold: a string, a number, true or false, or (a tuple)
several strings; with ``metadata={"commands": True}`` several argument lists. A field that is a dataclass is a
section. ``metadata={"one_of": (…)}`` lists the allowed words, ``{"name": …}`` is the name in the file where Python
has the word for itself.
The key bindings are read as they stand; the keymap says which of them work.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from deskmate.domain.grab import Guides
from deskmate.domain.hook import Hooks
from deskmate.domain.reply import Sending
from deskmate.errors import DeskmateError

CHECK = "Put it right in the file; deskmate config check says when it is."


class BadConfig(DeskmateError):
    """The settings can not be read. The message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the file that is ignored, and why. Lines count from 1; 0 when there is none to name."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True, slots=True)
class Binding:
    """An action and the keys somebody wants for it, as they are written in the file."""

    action: str
    keys: tuple[str, ...]
    line: int


TERMINAL = ("osc9", "osc777", "osc99")


@dataclass(frozen=True, slots=True)
class Attention:
    """What is told outside the app's own screen: by the terminal, by a command whose last argument is the text.

    ``toast`` and ``bell`` switch off what is on the screen, and the bell for P1.
    """

    toast: bool = True
    bell: bool = True
    notify: str = field(default="none", metadata={"one_of": ("none", *TERMINAL)})
    command: tuple[str, ...] = ()


SENDING = Sending()
HOOKS = Hooks()
ATTENTION = Attention()
GUIDES = Guides()


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. ``editor`` is an argument list for long texts; without ``pictures`` their words stand there;
    ``remarks`` names what was ignored."""

    theme: str = field(default="dark", metadata={"one_of": ("dark", "light")})
    editor: tuple[str, ...] = ()
    pictures: bool = True
    reply: Sending = SENDING
    hooks: Hooks = HOOKS
    attention: Attention = ATTENTION
    guides: Guides = GUIDES
    keys: tuple[Binding, ...] = ()
    remarks: tuple[Remark, ...] = ()


_NOT_IN_THE_FILE = frozenset({"remarks"})


def load(path: str) -> Config:
    """The settings in the file ``path``; the defaults when there is none. Raises BadConfig."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except FileNotFoundError:
        return Config()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadConfig(f"{path}, line {line}: this is not UTF-8 text.", CHECK) from None
    except OSError as error:
        raise BadConfig(f"{path} can not be read: {error.strerror or type(error).__name__}.", CHECK) from None
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(f"{path}{_where(str(error), text)}", CHECK) from None
    return _Reader(path, text).read(table)


class _Reader:
    """Reads one file, and collects what is to be said about it."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._remarks: list[Remark] = []

    def read(self, table: dict[str, Any]) -> Config:
        bindings = table.pop("keys", {})
        values = self._section(Config, table, ())
        values["keys"] = self._bindings(bindings)
        return Config(**values, remarks=tuple(sorted(self._remarks, key=lambda remark: remark.line)))

    def _section(self, kind: Any, table: Any, above: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self._wrong(above, f"“{'.'.join(above)}” is a section: [{'.'.join(above)}]")
        known = {
            each.metadata.get("name", each.name): each for each in fields(kind) if each.name not in _NOT_IN_THE_FILE
        }
        values: dict[str, Any] = {}
        for name, value in table.items():
            here = (*above, name)
            setting = known.get(name)
            if setting is None:
                self._remarks.append(
                    Remark(self._line(here), f"“{'.'.join(here)}” is no setting{nearest(name, known)}")
                )
                continue
            if is_dataclass(setting.default):
                section: Any = type(setting.default)
                values[setting.name] = section(**self._section(section, value, here))
            else:
                values[setting.name] = (
                    self._commands(here, value)
                    if setting.metadata.get("commands")
                    else self._value(here, value, setting.default, setting.metadata.get("one_of", ()))
                )
        return values

    def _value(self, here: tuple[str, ...], value: Any, default: Any, one_of: tuple[str, ...]) -> Any:
        name = ".".join(here)
        if isinstance(default, tuple):
            if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
                raise self._wrong(here, f'“{name}” takes several strings, such as ["one", "two"]')
            return tuple(value)
        if type(value) is not type(default):
            raise self._wrong(here, f"“{name}” takes {_KINDS[type(default)]}")
        if one_of and value not in one_of:
            words = " or ".join(f'"{word}"' for word in one_of)
            raise self._wrong(here, f"“{name}” can not be “{value}”, but {words}")
        return value

    def _commands(self, here: tuple[str, ...], value: Any) -> tuple[tuple[str, ...], ...]:
        """Argument lists, each with a program."""
        lists = value if isinstance(value, list) else [value]
        for each in lists:
            if not (
                isinstance(each, list) and each and all(isinstance(word, str) for word in each) and each[0].strip()
            ):
                name = ".".join(here)
                raise self._wrong(
                    here, f'“{name}” takes argument lists, such as [["program", "argument"], ["other"]]'
                )
        return tuple(map(tuple, lists))

    def _bindings(self, table: Any, above: tuple[str, ...] = ("keys",)) -> tuple[Binding, ...]:
        """The names of actions have dots, which TOML reads as tables inside tables where no quotes are."""
        if not isinstance(table, dict):
            raise self._wrong(above, f"“{'.'.join(above)}” is a section: [{'.'.join(above)}]")
        found: list[Binding] = []
        for name, value in table.items():
            here = (*above, name)
            if isinstance(value, dict):
                found += self._bindings(value, here)
                continue
            keys = [value] if isinstance(value, str) else value
            if not (isinstance(keys, list) and all(isinstance(each, str) for each in keys)):
                action = ".".join(here[1:])
                raise self._wrong(
                    here, f'the keys of {action} are written "x", or ["x", "f5"] when there are several'
                )
            found.append(Binding(".".join(here[1:]), tuple(keys), self._line(here)))
        return tuple(found)

    def _wrong(self, here: tuple[str, ...], what: str) -> BadConfig:
        line = self._line(here)
        return BadConfig(f"{self._path}{f', line {line}' if line else ''}: {what}.", CHECK)

    def _line(self, here: tuple[str, ...]) -> int:
        """The line a setting stands on, which tomllib does not tell; 0 when it is not found."""
        wanted, section = ".".join(here), ""
        for number, line in enumerate(self._lines, 1):
            stripped = line.strip()
            if stripped.startswith("["):
                section = f"{_bare(stripped.partition(']')[0].strip('['))}."
                if section == f"{wanted}.":
                    return number
            elif "=" in stripped:
                name = f"{section}{_bare(stripped.partition('=')[0])}"
                if name == wanted or name.startswith(f"{wanted}."):
                    return number
        return 0


_KINDS = {str: 'a text in quotes, such as "text"', bool: "true or false", int: "a whole number", float: "a number"}


def nearest(typed: str, known: Any) -> str:
    """``, did you mean “…”?`` for the known word that is close; a full stop when none is."""
    from difflib import get_close_matches

    found = get_close_matches(typed, list(known), 1)
    return f", did you mean “{found[0]}”?" if found else "."


def _bare(name: str) -> str:
    """A dotted name without quotes and the spaces around its parts."""
    return ".".join(part.strip() for part in name.replace('"', "").replace("'", "").split("."))


def _where(error: str, text: str) -> str:
    """What tomllib says, with the line first, as everywhere else."""
    what, _, place = error.rpartition(" (at ")
    if not what:
        return f": {error}."
    words = place.rstrip(")").split()
    line = words[1].rstrip(",") if words[0] == "line" else str(text.count("\n") + 1)
    return f", line {line}: {what[:1].lower()}{what[1:].rstrip('.')}."
