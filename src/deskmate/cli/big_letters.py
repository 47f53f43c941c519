"""Letters that can be read across a room, made of half blocks so that their dots are square."""

from __future__ import annotations

HEIGHT = 5
"""Dots from top to bottom."""
_GAP = 1

_FONT = """
A .#. #.# ### #.# #.#
B ##. #.# ##. #.# ##.
C .## #.. #.. #.. .##
D ##. #.# #.# #.# ##.
E ### #.. ##. #.. ###
F ### #.. ##. #.. #..
G .## #.. #.# #.# .##
H #.# #.# ### #.# #.#
I # # # # #
J ..# ..# ..# #.# .#.
K #.# #.# ##. #.# #.#
L #.. #.. #.. #.. ###
M #...# ##.## #.#.# #...# #...#
N #..# ##.# #.## #..# #..#
O ### #.# #.# #.# ###
P ##. #.# ##. #.. #..
Q ### #.# #.# ### ..#
R ##. #.# ##. #.# #.#
S .## #.. .#. ..# ##.
T ### .#. .#. .#. .#.
U #.# #.# #.# #.# ###
V #.# #.# #.# #.# .#.
W #...# #...# #.#.# ##.## #...#
X #.# #.# .#. #.# #.#
Y #.# #.# .#. .#. .#.
Z ### ..# .#. #.. ###
0 ### #.# #.# #.# ###
1 .#. ##. .#. .#. ###
2 ##. ..# .#. #.. ###
3 ##. ..# .#. ..# ##.
4 #.# #.# ### ..# ..#
5 ### #.. ##. ..# ##.
6 .## #.. ### #.# ###
7 ### ..# ..# .#. .#.
8 ### #.# ### #.# ###
9 ### #.# ### ..# ##.
: . # . # .
. . . . . #
, .. .. .. .# #.
- .. .. ## .. ..
– ... ... ### ... ...
( .# #. #. #. .#
) #. .# .# .# #.
● .###. ##### ##### ##### .###.
◼ ##### ##### ##### ##### #####
◆ ..#.. .###. ##### .###. ..#..
○ .###. #...# #...# #...# .###.
? ###. ...# .##. .... .#..
Ä #.# .#. #.# ### #.#
Ö #.# ### #.# #.# ###
Ü #.# ... #.# #.# ###
! # # # . #
' # # . . .
’ # # . . .
" #.# #.# ... ... ...
“ #.# #.# ... ... ...
” #.# #.# ... ... ...
; . # . # #
/ ..# ..# .#. #.. #..
+ ... .#. ### .#. ...
& .##. #... .##. #..# .###
"""
_DOTS = {line[0]: line[2:].split() for line in _FONT.strip().splitlines()} | {" ": [".."] * HEIGHT}
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def known(text: str) -> bool:
    """Whether every character of the text, as a capital, can be drawn."""
    return all(char in _DOTS for char in text.upper())


def width(text: str, scale: int) -> int:
    """Cells that a text of known characters fills, each dot being ``scale`` cells wide."""
    dots = sum(len(_DOTS[char][0]) + _GAP for char in text.upper())
    return scale * max(0, dots - _GAP)


def height(scale: int) -> int:
    """Lines that it fills: a dot is ``scale`` half lines high."""
    return -(-HEIGHT * scale // 2)


def drawn(text: str, scale: int) -> list[str]:
    """A text of known characters as lines."""
    dots = [".".join(_DOTS[char][row] for char in text.upper()) for row in range(HEIGHT)]
    halves = [[dot == "#" for dot in row for _ in range(scale)] for row in dots for _ in range(scale)]
    if len(halves) % 2:
        halves.append([False] * len(halves[0]))
    return [
        "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(halves[::2], halves[1::2], strict=True)
    ]
