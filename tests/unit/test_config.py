"""The settings file: what is read, what is ignored with a word, and what is refused with a line."""

from pathlib import Path

import pytest

from deskmate.config import BadConfig, Binding, Config, load
from deskmate.domain.grab import Guides
from deskmate.domain.reply import Sending


def reading(folder: Path, text: str | bytes) -> Config:
    file = folder / "config.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(str(file))


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    assert load(str(tmp_path / "none.toml")) == Config()


@pytest.mark.parametrize("text", ["", "\ufeff# nothing\r\n", "[keys]\n"])
def test_an_empty_file_changes_nothing(tmp_path: Path, text: str) -> None:
    assert reading(tmp_path, text) == Config()


def test_settings_are_read(tmp_path: Path) -> None:
    found = reading(tmp_path, 'theme = "light"\n\n[keys]\nnote = "N"\n"mark.all" = ["*", "f5"]\npriority.1 = "p 5"\n')
    assert found == Config(
        theme="light",
        keys=(
            Binding("note", ("N",), 4),
            Binding("mark.all", ("*", "f5"), 5),
            Binding("priority.1", ("p 5",), 6),
        ),
    )


def test_a_section_is_read_and_from_is_the_sender(tmp_path: Path) -> None:
    text = '[reply]\ndeliver = "command"\ncommand = ["msmtp", "-t"]\nfrom = "h@example.org"\ntimeout = 5\n'
    assert reading(tmp_path, text).reply == Sending("command", ("msmtp", "-t"), "h@example.org", timeout=5)


def test_hooks_are_argument_lists(tmp_path: Path) -> None:
    found = reading(tmp_path, '[hooks]\navailability = [["light", "on"], ["tell"]]\n')
    assert found.hooks.availability == (("light", "on"), ("tell",))


def test_where_pictures_come_from(tmp_path: Path) -> None:
    found = reading(tmp_path, '[guides]\nregion = ["maim", "-s", "{file}"]\nscreenshots = "~/shots"\n')
    assert found.guides == Guides(("maim", "-s", "{file}"), "~/shots")


def test_a_setting_that_does_not_exist_is_ignored_with_the_nearest(tmp_path: Path) -> None:
    found = reading(tmp_path, '# mine\nthem = "light"\n[zzz]\na = 1\n')
    assert found.theme == "dark"
    assert [str(remark) for remark in found.remarks] == [
        "line 2: “them” is no setting, did you mean “theme”?",
        "line 3: “zzz” is no setting.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = 1\n", "line 1: “theme” takes a text in quotes"),
        ('\ntheme = "blue"\n', "line 2: “theme” can not be “blue”, but \"dark\" or \"light\"."),
        ('[reply]\ndeliver = "fax"\n', "line 2: “reply.deliver” can not be “fax”, but \"command\" or"),
        ('[reply]\ncommand = "msmtp -t"\n', "line 2: “reply.command” takes several strings"),
        ('[attention]\nnotify = "osc8"\n', "line 2: “attention.notify” can not be “osc8”, but \"none\" or \"osc9\""),
        ('keys = "x"\n', "line 1: “keys” is a section: [keys]."),
        ("[keys]\nnote = 5\n", "line 2: the keys of note are written"),
        ('[hooks]\navailability = ["light"]\n', "line 2: “hooks.availability” takes argument lists"),
        ("[hooks]\navailability = [[]]\n", "line 2: “hooks.availability” takes argument lists"),
        ('a = 1\ntheme = "light\n', "line 2: "),
        ('theme = "light"\ntheme = "dark"\n', "line 2: cannot overwrite a value."),
        ("theme =", "line 1: "),
        (b"a = 1\nb = '\xff'\n", "line 2: this is not UTF-8 text."),
    ],
)  # fmt: skip
def test_what_can_not_be_understood_is_refused_with_its_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(BadConfig) as refused:
        reading(tmp_path, text)
    assert refused.value.message.startswith(f"{tmp_path / 'config.toml'}, {said}")
    assert "deskmate config check" in refused.value.hint


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="can not be read"):
        load(str(tmp_path))


def test_reading_changes_nothing(tmp_path: Path) -> None:
    before = b'theme   =   "light"  # as I like it\r\n'
    reading(tmp_path, before)
    assert (tmp_path / "config.toml").read_bytes() == before
