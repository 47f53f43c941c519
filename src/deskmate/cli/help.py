"""``--help`` and the page about the command line, both from the table of words.

``python -m deskmate.cli.help > docs/cli.md`` writes the page.
"""

from __future__ import annotations

import sys

from deskmate.cli.output import say
from deskmate.cli.table import DATA, WORDS
from deskmate.cli.words import member, nearest, of_family
from deskmate.errors import DONE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.table import Word
    from deskmate.cli.words import Said

_GENERAL = (
    (f"{DATA.name} {DATA.value}", DATA.help),
    ("--help, -h", "this overview; after a word, all about that word"),
    ("--version", "print the version"),
)
_CODES = (("0", "done"), ("1", "refused, with the reason on standard error"), ("2", "not understood"))

_HEAD = """\
# The command line

<!-- Written by `python -m deskmate.cli.help`; edit the table in src/deskmate/cli/table.py instead. -->

`deskmate` alone opens the app. With a word it does one thing and ends: data goes to standard output,
narration to standard error. A request is named `D-17`, `d17`, `#17` or `17`.
"""
_JSON = """\
## JSON

Times are ISO 8601 in UTC. New fields may be added; those named here stay.

- `list` prints an array of objects with `number` ("D-17"), `title`, `status`, `priority` ("P2" or null),
  `requester`, `channel`, `tags`, `created_at` and `due_at`. `next` prints one such object, or null.
- `show` adds `body`, `impact`, `urgency`, `cause`, `category`, `device`, `needed_by`, `updated_at`,
  `resolved_at`, `resolution`, `drop_reason`, `waiting_on` (requester, vendor or someone), `waiting_for`,
  `waiting_since`, `wake_at`, `woken`, `chases`, `parked_reason`, `runs` (checklists run for it, each with
  `run`, `checklist`, `state`, `marked`, `items`, `next` and the `day` of that, null where it has none),
  `entries` (each with `kind`: received,
  reply, note or event; `at`; `text`) and `attachments`. With `--public` it has `number`, `title`, `status` in
  public words, `requester`, `created_at`, `entries` (received and reply only) and `attachments`.
- `import` prints `created`, `updated`, `unchanged`, `edited` (numbers that were edited here since and stay as
  they are) and `failed`: a list of objects with `row` (the line it begins on) and `reason`, and `file` when
  there is more than one. A dry run adds `dry_run`, `new_people` and `new_tags`.
- `person list` and `device list` print arrays of cards: `id` and the fields named above, null where nothing is
  known. `person show` adds `devices`, `guides` (what they have done: `guide`, `how`, `at`), `open` and `earlier`: the
  newest requests, as `list` prints them.
- `guide walks` prints `id`, `title`, `used`, `solved`, `median_seconds` of the solved ones, `estimate_minutes`,
  `steps` (`number`, `action`, `came`, `failed`: in how many walk-throughs) and `walks`, the newest first (`request`,
  `person`, `how`, `outcome`, null while it goes on, `started_at`, `ended_at`, `seconds`, `note`, and `steps` with
  `number`, `verdict`, `seconds`, `at`, `symptom`, `note`).
- `hours` prints `zone` (`name`, null for that of this machine; `source` and `version` of its rules), `week` (spans
  such as "09:00-12:00" by weekday), `days`, `leave`, `extra`, `slots`, `holidays`, `country` and `region`. Days and
  times in it are local ones of that zone. A change prints `id`, `label` and `notes`; of leave also `falls` (objects
  with `kind`: promise, wake, chase or check back; `request`, `who`, `text` and `at`) and `moved`. A dry run prints
  `dry_run`, `label`, `notes`, `falls` and `holidays`.
- What changes people and devices prints `id` and `label`.
- `sign` prints `schema`, `state` (OPEN, DND, AWAY or CLOSED; null when it is not known), `headline`, `lines`,
  `reason_public`, `closing_soon`, `since`, `until`, `next_open` (or when it opens again), `tz`, `message` (the
  notice), `message_until`, `generated_at`, `valid_until` (believe nothing of it after that), and `hours` and `later`:
  lists of objects with `day`, `hours` and `note`. `notice` alone prints `text` and `until`, or null.
- `status` prints `state` (OPEN, DND, AWAY or CLOSED), `until`, `next_open` (or when it opens again), `focus` ("D-17"
  or null), `held` (requests that are held or were, and that nobody has looked at since: the app and `show` look),
  `overdue` and `notice` (what stands on the sign, or null). `dnd` prints `requests`, `label`, `refused`, `state` and
  `until`; the label is empty where nothing was to be done.
- `checklist show` prints `id`, `name`, `revision`, `revisions`, `made_at`, `mode`, `about`, `pause_point`, `minutes`,
  `do_not_disturb`, `due` (its fields as in the text, or null), `items` (each with `id`, `text`, `kind`: check, value,
  choice or note; `expected`, `unit`, `low`, `high`, `warn_low`, `warn_high`, `choices`, `evidence`, `guide`, `days`)
  and `suggestions`; with `--changes` an array of `revision`, `made_at` and `changes`.
- `checklist history` prints `checklist`, `revision`, `schedule`, `from`, `to`, `made_at`, `score` (0 to 1, or null),
  `on_time`, `late`, `missed`, `skipped`, `excused`, `in_a_row`, `last_done_at` and `entries`, the newest first: each
  with `nominal` (local, its identity; null for a run of no time), `due_at`, `result` in words, `stage`, `timing`,
  `reason` and `run`, or null: `revision`, `started_at`, `done_at`, `written_at`, `signed`, `note`, `for`, `findings`,
  `in_bulk` and `items` (each with `item`, `verdict`, `value`, `unit`, `limits`, `note`, `at`, `evidence` with `name`,
  `size` and `sha256`, `request` and `request_status`). `checklist trend` prints the limits and `points` of each item,
  `checklist learn` objects with `kind`, `checklist`, `item`, `reason` and `requests`.
- `checklist starters` prints `name`, `due`, `items`, `minutes` and `taken` of each. `checklist import` prints
  `dry_run`, `label`, `notes` and `failed`: objects with `file`, `line`, `text` and `reason`. What changes a checklist
  prints `id`, `label` and `notes`.
- `guide list` prints an array of objects with `id`, `slug`, `title`, `state` (draft, published, changed or
  archived), `revision` (the newest, or null), `published_at` and `review_by`, a local date. `guide show` prints
  `id`, `slug`, `title`, `state`, `revision`, `summary`, `users_say`, `for`, `language`, `needs`, `minutes`,
  `review_months` (0 never), `checked_at`, `review_by`, `placeholders` (`name`, `asks_for`, `from`, `example`,
  `secret`), `internal_note` and `steps`: each with `key`, `action`, `where`, `see`, `more`, `minutes`, `care`,
  `if_not` (`if`, `then`: step, guide, contact or stop; `to`), `pictures` (`key`, `alt`, `review`, `sha256`,
  `size`, `width`, `height` and `marks`), `internal_note` and `looked_at`. `guide revisions` prints `revision`,
  `published_at`, `reason`, `title`, `sha256` and `changes` of each; `guide diff` prints `from`, `to` (null is the
  draft), `changes` and `lines` (`sign`: + new, - gone, … left out; `text`). `guide glossary` prints `word` and
  `plain`. What changes a guide prints `id`, `label` and `notes`.
- What changes requests prints `requests`, `label` and `refused`; `reply` adds `state` (sent, handed over or
  not sent), `via` (command, eml, mailto or clipboard) and `reason`. In `show` a reply has `state` and `via`, too.
"""


def show(said: Said, folder: str) -> int:
    """The word ``help``."""
    return explain(said.words)


def explain(words: list[str]) -> int:
    """Print all about the word that ``words`` name, or the overview. Raises UsageError for a word there is not."""
    if not words:
        say(overview())
        return DONE
    word = WORDS.get(words[0])
    if word is None:
        raise UsageError(
            f"deskmate knows no word “{words[0]}”.{nearest(words[0], WORDS)}",
            "deskmate --help says what there is.",
        )
    if word.family and words[1:]:
        word = member(word, words[1:2])[0]
    say(about(word))
    return DONE


def overview() -> str:
    """Every word with one line, in groups."""
    lines = ["usage: deskmate [--data DIR] [WORD …]", "", "Without a word, the app."]
    for group, words in _groups().items():
        lines += ["", group, *(f"  {word.name:<9} {word.summary}" for word in words if " " not in word.name)]
    lines += ["", "Options", *(f"  {name:<11} {text}" for name, text in _GENERAL)]
    return "\n".join([*lines, "", "deskmate help WORD says all about one."])


def about(word: Word) -> str:
    """Usage, options and notes of one word."""
    lines = [f"usage: deskmate {word.usage}", "", f"{word.summary[0].upper()}{word.summary[1:]}."]
    family = of_family(word)
    if family:
        size = max(map(len, family))
        lines += ["", *(f"  {name:<{size}}  {each.summary}" for name, each in family.items())]
        lines += ["", f"deskmate help {word.name} WORD says all about one."]
    if word.options:
        named = [(f"{each.name} {each.value.rstrip('…')}".rstrip(), each.help) for each in word.options]
        size = max(len(name) for name, _text in named)
        lines += ["", *(f"  {name:<{size}}  {text}" for name, text in named)]
    return "\n".join([*lines, *([""] if word.notes else []), *word.notes])


def page() -> str:
    """The page about the command line, as Markdown."""
    options = tuple((f"`{name}`", text) for name, text in _GENERAL)
    parts = [_HEAD, _columns("option", options), _columns("exit code", _CODES)]
    for group, words in _groups().items():
        parts.append(f"## {group}\n")
        for word in words:
            parts.append(f"### {word.name}\n\n```\n{about(word)}\n```\n")
    return "\n".join([*parts, _JSON])


def _columns(head: str, lines: tuple[tuple[str, str], ...]) -> str:
    return "\n".join([f"| {head} | meaning |", "|---|---|", *(f"| {key} | {text} |" for key, text in lines), ""])


def _groups() -> dict[str, list[Word]]:
    groups: dict[str, list[Word]] = {}
    for word in WORDS.values():
        groups.setdefault(word.group, []).extend((word, *of_family(word).values()))
    return groups


if __name__ == "__main__":
    sys.stdout.write(page())
