"""The themes: everything that is read stands at 7:1 or better, wherever it may stand."""

import subprocess
import sys
from pathlib import Path

import pytest

from deskmate.config import BadConfig, load
from deskmate.tui import glance, themes
from deskmate.tui.themes import DARK, LIGHT, STYLES

GROUNDS = ("ground", "cursor-ground", "field-ground")
ENOUGH = 7.0  # WCAG 2.2, success criterion 1.4.6
THEMES = [pytest.param(DARK, id="dark"), pytest.param(LIGHT, id="light")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = []
    for start in (1, 3, 5):
        part = int(colour[start : start + 2], 16) / 255
        parts.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WebAIM's well-known grey


@pytest.mark.parametrize("palette", THEMES)
@pytest.mark.parametrize("style", sorted(STYLES.keys() - {"rule"}))  # a line carries no meaning
def test_every_style_stands_out_on_every_ground(palette: dict[str, str], style: str) -> None:
    text, own, _bold = STYLES[style]
    for ground in (own,) if own else GROUNDS:
        assert contrast(palette[text], palette[ground]) >= ENOUGH, ground


@pytest.mark.parametrize("palette", THEMES)
def test_what_textual_paints_by_itself_stands_out_too(palette: dict[str, str]) -> None:
    # Text fields and borders' titles: the theme's foreground on ground and panel.
    for ground in GROUNDS:
        assert contrast(palette["text"], palette[ground]) >= ENOUGH


def test_styles_refer_to_colours_that_both_themes_have() -> None:
    named = {name for text, own, _bold in STYLES.values() for name in (text, own) if name}
    assert named <= DARK.keys()
    assert DARK.keys() == LIGHT.keys()


def test_no_colour_lies_about_idle() -> None:
    used = {name for text, own, _bold in STYLES.values() for name in (text, own) if name}
    assert DARK.keys() - used == set(GROUNDS)


def test_every_style_begins_a_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    for style in STYLES:
        for ground in GROUNDS:
            assert themes.ansi(style, ground).startswith("\x1b[0;")
            assert "38;2;" in themes.ansi(style, ground)


def test_no_color_keeps_weight_and_reverse_and_drops_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert themes.ansi("bold") == "\x1b[0;1m"
    assert themes.ansi("overdue") == "\x1b[0;1;7m"
    assert themes.ansi("") == "\x1b[0m"


def test_the_light_theme_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert themes.palette() is DARK
    monkeypatch.setenv("DESKMATE_THEME", "light")
    assert themes.palette() is LIGHT


def test_the_environment_comes_before_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes._Asked, "theme", "")
    themes.ask_for("light")
    assert themes.palette() is LIGHT
    monkeypatch.setenv("DESKMATE_THEME", "dark")
    assert themes.palette() is DARK


@pytest.mark.parametrize(
    "text",
    [
        "",
        'theme = "light"\n',
        "\ufeff# mine\r\n\r\n theme='light' # not 'dark'\r\n",
        'them = "light"\n',
        'editor = ["vim"]\ntheme = "light"\n',
        'other = """\ntheme = "light"\n"""\n',
        'other = "x"\n[reply]\ntheme = "light"\n',
        '[keys]\nnote = "N"  # theme\n',
        '"theme" = "light"\n',
        'theme = "li\\u0067ht"\n',
        'theme = "light',
        "theme = 1\n",
        'theme = """light"""\n',
        'theme = "blue"\n',
        "theme",
        b"theme = '\xff'",
    ],
)
def test_the_first_frame_finds_the_theme_that_the_settings_name(tmp_path: Path, text: str | bytes) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        named = load(str(file)).theme
    except BadConfig:
        named = "dark"
    assert (glance.theme(str(file)) == "light") == (named == "light")


def test_the_first_frame_takes_no_parser_for_it(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# mine\ntheme = "light"\n\n[keys]\nnote = "N"\n', encoding="utf-8")
    code = "import sys; from deskmate.tui import glance, start; print(glance.theme(sys.argv[1]), *sys.modules)"
    command = [sys.executable, "-c", code, str(file)]
    theme, *loaded = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.split()
    assert theme == "light"
    assert not {"tomllib", "deskmate.config", "textual"} & set(loaded)
