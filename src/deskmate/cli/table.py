"""The words of the shell: what each is called, does, takes and where it is carried out.

The dispatcher, the option parser, ``--help`` and ``docs/cli.md`` all read this one table.
"""

from __future__ import annotations


class Option:
    """An option. ``value`` stands for what it takes, empty for a flag; with ``…`` it may be repeated."""

    __slots__ = ("help", "name", "value")

    def __init__(self, name: str, value: str, help: str) -> None:
        self.name = name
        self.value = value
        self.help = help


class Word:
    """A word. Those with ``takes_any`` keep unknown words with dashes as text: nothing typed is refused.
    In them ``before`` words come before the text.

    ``usage`` may have more than one line. ``module`` and ``function`` carry it out, in ``deskmate.cli`` unless
    named whole; ``notes`` is what else one should know, line by line. A family of words has ``family`` instead: the
    module with the table of them, so that nothing else pays for it. Each of those has ``of``, the family's name.
    """

    __slots__ = (
        *("before", "family", "function", "group", "module", "name", "notes", "options", "summary", "takes_any"),
        "usage",
    )

    def __init__(
        self,
        usage: str,
        summary: str,
        *options: Option,
        group: str,
        where: str = "",
        family: str = "",
        of: str = "",
        takes_any: bool = False,
        before: int = 0,
        notes: tuple[str, ...] = (),
    ) -> None:
        name = usage.partition(" ")[0]
        self.name = f"{of} {name}" if of else name
        self.usage = f"{of} {usage}" if of else usage
        self.summary = summary
        self.options = options
        self.group = group
        module, _, self.function = where.rpartition(".")
        self.module = module if module.startswith("deskmate.") else f"deskmate.cli.{module}"
        self.family = f"deskmate.cli.{family}" if family else ""
        self.takes_any = takes_any
        self.before = before
        self.notes = notes


DATA = Option("--data", "DIR", "use this data folder instead of the default or $DESKMATE_DATA_DIR")
_JSON = Option("--json", "", "print JSON")

_IN, _LOOK, _WORK, _KNOW, _DOOR, _CHECKS, _GUIDES, _BACK, _SAFE = (
    *("Take in", "Look", "Work on", "People and devices", "The door", "Maintenance", "Guides", "Take back", "Keep"),
)

_ALL = (
    Word(
        "add TEXT… [--from W] [--via C] [--impact I] [--urgency U] [--tag T]… [--attach F]… [--join D]",
        "capture a request; prints its number",
        Option("--from", "W", "who asks; a name nobody goes by is kept as typed"),
        Option("--via", "C", "door, phone, mail, chat, form, monitoring or self"),
        Option("--impact", "I", "who is stuck: one, several or everyone"),
        Option("--urgency", "U", "how badly: wait, slowed or stuck"),
        Option("--tag", "T…", "a tag; may be given several times"),
        Option("--attach", "F…", "a file to attach; may be given several times"),
        Option("--join", "D", "no new request: its requester said this on an existing one, and nobody read it yet"),
        group=_IN,
        where="add.add",
        takes_any=True,
        notes=(
            "The marks of the capture line work here too: @person #tag !stuck !several !phone >tomorrow.",
            "An option wins over a mark. Unknown words with dashes are text; after a first -- everything is.",
            "A single - reads standard input: the first line is the title, the rest the text.",
            "Without a channel it is self, or none when somebody is named.",
        ),
    ),
    Word(
        "import FILE…|- [--from-format F] [--map field=Column]… [--source NAME] [--dry-run] [--json]",
        "take in requests or people from files; twice changes nothing",
        Option("--from-format", "F", "csv: requests, the default; people: a directory as CSV; vcard: cards"),
        Option("--map", "FIELD=COLUMN…", "which column fills a field; without any, those called like one"),
        Option("--source", "NAME", "which system it comes from, where two give the same ids"),
        Option("--dry-run", "", "say what would happen and write nothing"),
        _JSON,
        group=_IN,
        where="importing.take_in",
        notes=(
            "Fields: id, title, body, created_at, updated_at, resolved_at, status, priority, impact,",
            "urgency, requester, email, channel, category, device, tags (split at , or ;).",
            "Of people: name, first_name, last_name, email, phone, room, department; columns are known by their",
            "usual names, in English, in German and as in LDAP; people by address, else by name.",
            "Rows that can not be understood are named with their line and reason, and the exit code is 1;",
            "the others are imported. What was edited here since an earlier import stays as it is.",
        ),
    ),
    Word(
        "list [QUERY] [--view V] [--limit N] [--json]",
        "requests in queue order, or those that match",
        Option(
            "--view",
            "V",
            "now, new, waiting, parked, promised, today, held, loose, resolved, all or one of your own",
        ),
        Option("--limit", "N", "at most so many; 50 without --json"),
        _JSON,
        group=_LOOK,
        where="read.show_list",
        takes_any=True,
        notes=(
            'A query is words, "phrases", #tags, fields and flags: status:open prio:<=2 from:ana overdue -tag:vpn.',
            "With words the newest come first, else a view keeps its order. docs/queries.md has all of it.",
            "Only the options above are options; every other word belongs to the query.",
        ),
    ),
    Word(
        "show D-n [--json] [--public]",
        "one request with everything that happened to it",
        _JSON,
        Option("--public", "", "only what its requester may see"),
        group=_LOOK,
        where="detail.show",
    ),
    Word(
        "next [QUERY] [--eod] [--json]",
        "the request that comes first, and why",
        Option("--eod", "", "the first of those that are due before you close today"),
        _JSON,
        group=_LOOK,
        where="read.show_next",
        takes_any=True,
        notes=("With a query, the first of those that match. JSON: an object, or null when there is none.",),
    ),
    Word(
        "promises [--all] [--rate] [--json]",
        "what is promised and open, the soonest first",
        Option("--all", "", "all that ever was promised, the newest first"),
        Option("--rate", "", "how many were kept on time, late or dropped in the last 90 days"),
        _JSON,
        group=_LOOK,
        where="promising.show",
    ),
    Word(
        "reply D-n TEXT…|- [--canned NAME] [--guide NAME]… [--form F] [--set NAME=WORD]… [--json]",
        "answer the requester as the settings say; - reads standard input",
        Option("--canned", "NAME", "one of your texts instead of TEXT; the clear beginning of its name is enough"),
        Option("--guide", "NAME", "a published guide that goes with it; without TEXT, words that say so; repeatable"),
        Option("--form", "F", "how it goes: html, unless you say so, pdf or docx"),
        Option("--set", "NAME=WORD", "the word for a placeholder that the request does not give; repeatable"),
        _JSON,
        group=_WORK,
        where="answer.reply",
        takes_any=True,
        before=1,
        notes=(
            "The reply is kept before it leaves. What could not be sent is tried again by r t in the app.",
            "Your signature, if the settings have one, is put below it.",
            "A guide is attached, and its steps stand below your words.",
            "The clipboard and mailto take no file: there its page is put into the outbox and named.",
        ),
    ),
    Word(
        "said D-n [TEXT…] [--json]",
        "note down that they were told in person or by phone",
        _JSON,
        group=_WORK,
        where="answer.said",
        takes_any=True,
        before=1,
    ),
    Word(
        "note D-n TEXT…|- [--json]",
        "add an internal note; - reads standard input",
        _JSON,
        group=_WORK,
        where="change.note",
        takes_any=True,
        before=1,
        notes=("Notes never leave. Unknown words with dashes are text; after a first -- everything is.",),
    ),
    Word(
        "attach D-n FILE… [--json]",
        "attach files to a request",
        _JSON,
        group=_WORK,
        where="attach.attach",
        notes=("The files are copied into the data folder; at most 200 MB each.",),
    ),
    Word(
        "priority D-n… P1|P2|P3|P4|+|- [--impact I --urgency U] [--json]",
        "set, raise (+) or lower (-) the priority",
        Option("--impact", "I", "who is stuck: one, several or everyone"),
        Option("--urgency", "U", "how badly: wait, slowed or stuck"),
        _JSON,
        group=_WORK,
        where="change.priority",
        notes=("With --impact and --urgency the priority follows from them and is not named.",),
    ),
    Word(
        "tag D-n… [--add T]… [--remove T]… [--json]",
        "add and remove tags",
        Option("--add", "T…", "a tag to add; may be given several times"),
        Option("--remove", "T…", "a tag to remove; may be given several times"),
        _JSON,
        group=_WORK,
        where="change.tag",
    ),
    Word(
        "resolve D-n… [--text TEXT] [--outcome O] [--promise F] [--checklist F]\n"
        "        [--check-back WHEN] [--json]",
        "it is done",
        Option("--text", "TEXT", "what solved it"),
        Option("--outcome", "O", "how it ended: solved, workaround, advice, no fault found or no answer"),
        Option("--promise", "F", "what becomes of open promises: keep, move (they stay open) or drop"),
        Option("--checklist", "F", "what becomes of a checklist run for it: finish, move (it goes on) or drop"),
        Option("--check-back", "WHEN", "when to ask whether it really works, such as +3bd"),
        _JSON,
        group=_WORK,
        where="change.resolve",
        notes=(
            "Promises and checklists stay open unless --promise and --checklist say what becomes of them; what stays",
            "open is said. What is open on a finished one is not applicable, because the request was resolved.",
        ),
    ),
    Word(
        "promise D-n [TEXT…] --by WHEN [--to WHO] | --keep | --move WHEN | --drop [--json]",
        "take down what was told with a date, or what became of it",
        Option("--by", "WHEN", "by when, such as fri, +2h or “4 dec 15:00”"),
        Option("--to", "WHO", "whom it was told, when not the requester"),
        Option("--keep", "", "the next open promise was kept"),
        Option("--move", "WHEN", "another date was told for it"),
        Option("--drop", "", "it is not to be kept, and they know"),
        _JSON,
        group=_WORK,
        where="promising.promise",
        takes_any=True,
        before=1,
    ),
    Word(
        "feedback D-n SCORE [TEXT…] [--json]",
        "whether it really works: 1, no, to 5, very well, and a line",
        _JSON,
        group=_WORK,
        where="promising.feedback",
        takes_any=True,
        before=1,
    ),
    Word(
        "cause D-n… TEXT [--none] [--json]",
        "why it happened; requests with one cause are a problem",
        Option("--none", "", "take the cause away; then there is no text"),
        _JSON,
        group=_WORK,
        where="relate.cause",
        notes=("A cause known in other capitals keeps its spelling. The words that are no numbers are the cause.",),
    ),
    Word(
        "link D-a… D-b [--remove] [--json]",
        "say that requests have to do with each other",
        Option("--remove", "", "say that they have not"),
        _JSON,
        group=_WORK,
        where="relate.link",
        notes=("The last one is linked with each of the others.",),
    ),
    Word(
        "merge D-a… --into D-b | --undo [--json]",
        "the same thing asked twice: the one goes on for the others",
        Option("--into", "D-b", "the one that goes on"),
        Option("--undo", "", "take them apart again, each as it was; at any time"),
        _JSON,
        group=_WORK,
        where="relate.merge",
        notes=("What was merged is dropped as merged, and its entries are read in the one that goes on.",),
    ),
    Word("reopen D-n… [--json]", "back to work", _JSON, group=_WORK, where="change.reopen"),
    Word(
        "drop D-n… [--spam|--duplicate|--nothing|--rules] [--json]",
        "put aside for good",
        Option("--spam", "", "it is spam"),
        Option("--duplicate", "", "it is there twice"),
        Option("--nothing", "", "there is nothing to do; the default"),
        Option("--rules", "", "it is against the rules"),
        _JSON,
        group=_WORK,
        where="change.drop",
    ),
    Word(
        "wait D-n… requester|vendor|NAME [--until WHEN] [--json]",
        "wait on somebody, to be chased after three business days",
        Option("--until", "WHEN", "when to ask again, such as fri, +2h or “4 dec 15:00”"),
        _JSON,
        group=_WORK,
        where="waiting.wait",
        notes=("To wait on the same once more after the date has come counts as having asked again.",),
    ),
    Word(
        "park D-n… [--until WHEN] [--reason TEXT] [--json]",
        "leave it out of the list until the next business day",
        Option("--until", "WHEN", "when it wakes, such as fri, +2h or “4 dec 15:00”"),
        Option("--reason", "TEXT", "why it sleeps"),
        _JSON,
        group=_WORK,
        where="waiting.park",
        notes=("What its requester sees stays as it is. For one that waits it moves the date to ask again.",),
    ),
    Word(
        "escalate D-n --to NAME [--found TEXT] [--send] [--json]",
        "hand over to one of your contacts, print the text, and wait on them",
        Option("--to", "NAME", "who: anybody whose card says contact, mentor, vendor, supervisor or hr"),
        Option("--found", "TEXT", "what you found out"),
        Option("--send", "", "let it leave as replies do, by what the settings say"),
        _JSON,
        group=_WORK,
        where="escalating.escalate",
        notes=("The text holds what was asked, answered and tried; no note of yours is taken over.",),
    ),
    Word(
        "wake D-n… [--json]",
        "back to work: parked no longer, waiting for nobody",
        _JSON,
        group=_WORK,
        where="waiting.wake",
    ),
    Word(
        "sign [--html FILE] [--json FILE|-] [--ics FILE] [--watch] | urgent|deputy TEXT…|off",
        "what the door says, filling the terminal or in files; q leaves",
        Option("--html", "FILE", "a page that needs no script, loads itself anew and prints as an hours sheet"),
        Option("--json", "FILE", "the same as data; - is standard output"),
        Option("--ics", "FILE", "eight weeks for calendar programs; free and busy time goes to FILE-freebusy"),
        Option("--watch", "", "keep the files as the sign is, until ctrl+c or a signal"),
        group=_DOOR,
        where="sign.sign",
        notes=(
            "sign urgent TEXT: how to reach you when it can not wait. sign deputy NAME: who stands in during leave.",
            "Everybody may read the sign: there is no request, private note or reason on it, and no made-up time.",
            "With --watch the files are written at every change and every minute, each as a whole. They say until",
            "when they may be believed, three minutes; after that, and when --watch ends, the status is unknown.",
            "A page can not look at the clock: it shows “Status unknown” by itself only when it could not be loaded",
            "anew for three minutes. Otherwise compare its “valid until” with your watch.",
            "Where no terminal is at the other end, the sign is printed as a few lines.",
        ),
    ),
    Word(
        "notice TEXT… [--until WHEN] | off [--json]",
        "put a notice on the sign, or take it down; without a text, print it",
        Option("--until", "WHEN", "when it goes by itself; without it, when the door closes for the day"),
        _JSON,
        group=_DOOR,
        where="sign.notice",
        takes_any=True,
        notes=(
            "At most 200 characters. Everybody can read it. A text that begins with the word off has to be quoted as",
            "a whole: deskmate notice “off to lunch”.",
        ),
    ),
    Word(
        "person list|show|add|edit|drop|merge [WHO] [--into WHO] [--name T] [--email E] [--phone T]\n"
        "       [--room T] [--department T] [--kind K] [--vip yes|no] [--experience X] [--details T] [--json]",
        "the people the desk knows",
        Option("--into", "WHO", "the card that stays when two are merged"),
        Option("--name", "T", "another name"),
        Option("--email", "E", "the e-mail address"),
        Option("--phone", "T", "the phone number"),
        Option("--room", "T", "where to find them"),
        Option("--department", "T", "the department"),
        Option("--kind", "K", "requester, contact, mentor, vendor, supervisor or hr"),
        Option("--vip", "yes|no", "whether they carry a star"),
        Option("--experience", "X", "beginner, everyday or expert: how to explain things to them"),
        Option("--details", "T", "what is worth remembering"),
        _JSON,
        group=_KNOW,
        where="people.person",
        notes=(
            "list takes words that have to stand somewhere on the card; show, edit and drop a name, a part of",
            "one, an e-mail address, or the id that --json shows. An empty value empties a field.",
            "merge makes one card of two: requests, devices and what is not known yet go to the one named by --into.",
            "Who is dropped leaves the name on what he or she asked for; undo brings the card back.",
        ),
    ),
    Word(
        "device list|show|add|edit|drop [NAME] [--name T] [--kind T] [--owner WHO]\n"
        "       [--room T] [--notes T] [--json]",
        "what requests are about; no inventory",
        Option("--name", "T", "another name"),
        Option("--kind", "T", "what it is, such as printer"),
        Option("--owner", "WHO", "whose it is: somebody known"),
        Option("--room", "T", "where it stands"),
        Option("--notes", "T", "what is worth knowing"),
        _JSON,
        group=_KNOW,
        where="people.device",
        notes=("list takes words that have to stand somewhere on the card; an empty value empties a field.",),
    ),
    Word(
        "dnd on|off|away|rules [--for 45m|--until 14:00] [--say PUBLIC] [--json]",
        "do not disturb, or away, until it ends; off goes back to the hours",
        Option("--for", "LENGTH", "for how long, such as 45m or 1h30m; else as hours dnd says"),
        Option("--until", "WHEN", "until when, such as 14:00 or “tomorrow 9:00”"),
        Option("--say", "PUBLIC", "a word for everybody, such as “with a colleague”"),
        _JSON,
        group=_DOOR,
        where="availability.dnd",
        notes=(
            "What comes in meanwhile, by add or by mail, is held unless a rule lets it through; rules lists them.",
            "They are changed in the app: type “breaks through” behind its colon.",
        ),
    ),
    Word(
        "hours [DAYS HOURS | on DAY HOURS | leave|extra|slot WHEN | zone NAME | dnd LENGTH\n"
        "       | holiday DAY NAME | holidays COUNTRY [REGION] | remove KIND N|DAY | move leave N|DAY]\n"
        "       [--note T] [--move] [--every E] [--until DAY] [--as dnd|away] [--reason T] [--public T]\n"
        "       [--dry-run] [--json]",
        "when the door is open; without a word, all that is said about it",
        Option("--note", "T", "on, leave, extra: a word for everybody"),
        Option("--move", "", "leave: move what falls into it to the first opening after it"),
        Option("--every", "E", "slot: day, week or 2 weeks; else once"),
        Option("--until", "DAY", "slot: the last day it comes on"),
        Option("--as", "S", "slot: what the sign says, dnd or away; dnd unless said"),
        Option("--reason", "T", "slot: what it is for; yours alone"),
        Option("--public", "T", "slot: a word for everybody"),
        Option("--dry-run", "", "say what a change would do and write nothing"),
        _JSON,
        group=_DOOR,
        where="hours.hours",
        notes=(
            "DAYS HOURS: mon-thu 9-12, 13-17; fri closed. Hours may run past midnight: 22-2.",
            "on gives one date other hours: on 24 dec closed. WHEN: mon-fri, next week, 23.12 - 6.1, tue 14-15.",
            "A slot is set aside within the hours and turns the sign; it moves no due date.",
            "holidays copies the public ones of the coming two years; again later it adds what is missing.",
            "dnd is how long do not disturb lasts where nobody says how long: dnd 30m.",
            "zone is an IANA name such as Europe/Berlin; zone here is that of this machine.",
            "remove and move take the number that is shown, or the day it begins on.",
            "Every change says on standard error how many due dates move, and what falls into leave.",
        ),
    ),
    Word(
        "status [--json|--format json|waybar|i3blocks|polybar|tmux|starship]",
        "what the door says, what was held and what is overdue",
        Option("--format", "F", "json, or for a bar or a prompt: waybar, i3blocks, polybar, tmux or starship"),
        _JSON,
        group=_DOOR,
        where="status.status",
        notes=(
            'waybar:   "custom/deskmate": {"exec": "deskmate status --format waybar", "return-type": "json",',
            '          "interval": 5}; its class is open, dnd, away or closed, and held, overdue when there are any.',
            "i3blocks: command=deskmate status --format i3blocks with interval=5",
            "polybar:  type = custom/script, exec = deskmate status --format polybar, interval = 5",
            "tmux:     set -g status-right '#(deskmate status --format tmux)'",
            'starship: [custom.deskmate] with command = "deskmate status --format starship" and when = true',
            "No word of a request is in any of them.",
        ),
    ),
    Word(
        "checklist WORD …",
        "maintenance checklists and what came of them",
        group=_CHECKS,
        family="checklist_table",
    ),
    Word(
        "guide WORD …",
        "step-by-step instructions for the people you help",
        group=_GUIDES,
        family="guide_table",
    ),
    Word(
        "undo [D-n] [--json]",
        "take the last change back, or the last one of a request",
        _JSON,
        group=_BACK,
        where="history.undo",
    ),
    Word("redo [--json]", "do again what was undone last", _JSON, group=_BACK, where="history.redo"),
    Word(
        "backup [DIR]",
        "copy the data, check the copy, print its folder",
        group=_SAFE,
        where="backup.backup",
        notes=("DIR is the folder for backups; without it, backups in the data folder.",),
    ),
    Word(
        "sweep [--dry-run] [--json]",
        "remove attached files and pictures that nothing names any more",
        Option("--dry-run", "", "only say what would go"),
        _JSON,
        group=_SAFE,
        where="sweeping.sweep",
        notes=("What undo could bring back stays, and so does what was kept in the last 30 days.",),
    ),
    Word(
        "demo",
        "try the app on a day of sample data; nothing of yours is touched",
        group=_SAFE,
        where="deskmate.tui.shell.demo",
        notes=("The data is made anew each time and removed at the end. With --data DIR it goes there and stays.",),
    ),
    Word(
        "config check|path",
        "look through the settings, or print where they are",
        group=_SAFE,
        where="deskmate.tui.shell.config",
        notes=(
            "check names what is ignored with its line and why, and exits with 1 when there is anything.",
            "The file is $DESKMATE_CONFIG, else config.toml in the folder your system keeps for settings.",
        ),
    ),
    Word("help [WORD]", "this overview, or all about one word", group=_SAFE, where="help.show"),
)

WORDS = {word.name: word for word in _ALL}
