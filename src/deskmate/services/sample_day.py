"""A day at an invented desk: people, devices and requests, with all that happened to them. Nobody here exists.

Times are counted back from now. ``1d 2h 10m`` is office time, so that nothing happens at night; ``~9h`` is time by
the clock, for what does. A device or a colleague is named as on its card.
"""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.channel import Channel
from deskmate.domain.commands import (
    AddNote,
    Drop,
    EditRequest,
    OnRequests,
    Resolve,
    Say,
    SetCause,
    SetPriority,
    Wait,
)
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.status import DropReason, Outcome, WaitingOn

DOOR, PHONE, MAIL, CHAT, FORM, MONITORING = (
    Channel.DOOR,
    Channel.PHONE,
    Channel.MAIL,
    Channel.CHAT,
    Channel.FORM,
    Channel.MONITORING,
)


@dataclass(frozen=True, slots=True)
class Came:
    """Something more the requester said; ``unread`` when nobody has looked at it yet."""

    text: str
    via: Channel = MAIL
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that was sent."""

    text: str


@dataclass(frozen=True, slots=True)
class MergedInto:
    """Merged into the case of this key."""

    key: str


@dataclass(frozen=True, slots=True)
class LinkedTo:
    """Linked to the case of this key."""

    key: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with it: its name, and what is in it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Parked:
    """Parked until ``when``, as it would be typed, and why."""

    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that was begun and not finished."""

    text: str


Step = tuple[str, OnRequests | Came | Sent | MergedInto | LinkedTo | File | Parked | Draft]


@dataclass(frozen=True, slots=True)
class Case:
    """A request: when it came, from whom, what it says, and what was done."""

    ago: str
    who: str
    title: str
    body: str = ""
    via: Channel = DOOR
    tags: tuple[str, ...] = ()
    needed: str = ""
    key: str = ""
    steps: tuple[Step, ...] = ()


def triage(priority: int) -> SetPriority:
    """The technician's judgement."""
    return SetPriority((), Priority(priority))


def judge(impact: str, urgency: str, category: str, device: str | None = None, **answers: str) -> EditRequest:
    """What kind of trouble it is, how bad, and what is known of it by now."""
    judged = (Impact(impact), Urgency[urgency.upper()])
    known = tuple((word.replace("_", " "), said) for word, said in answers.items())
    return EditRequest((), category=category, judged=judged, device=device, answers=known)


def solved(text: str, outcome: str = "solved") -> Resolve:
    """Done, in these words."""
    return Resolve((), text, Outcome(outcome))


def note(text: str) -> AddNote:
    """For the technician's eyes only."""
    return AddNote((), text)


def said(text: str = "") -> Say:
    """Told in person or by phone."""
    return Say((), text)


def cause(text: str) -> SetCause:
    """Why it happened."""
    return SetCause((), text)


def wait(on: str, who: str = "") -> Wait:
    """Somebody else's turn, chased after three business days."""
    return Wait((), WaitingOn(on), who)


def drop(reason: DropReason) -> Drop:
    """Put aside."""
    return Drop((), reason)


ACCESS, MAILS, PRINTING, NETWORK, VPN, PROGRAMS, COMPUTER, MOBILE, FILES, WISHES = (
    "Access and passwords",
    "E-mail and calendar",
    "Printing and scanning",
    "Network and Wi-Fi",
    "Remote access and VPN",
    "Programs",
    "Computer or laptop",
    "Phone and mobile",
    "Files and backup",
    "Something new",
)

WITHOUT_MAIL = frozenset({"Yuri Yarrow"})

# name, phone, room, department, kind, VIP, experience, details
PEOPLE: tuple[tuple[str, str, str, str, str, bool, str, str], ...] = (
    (
        "Rosa Rowan",
        "108",
        "1.08",
        "Accounting",
        "requester",
        True,
        "everyday",
        "Month's end is the first three days.",
    ),
    ("Ivo Ivory", "109", "1.08", "Accounting", "requester", False, "beginner", "Likes to be shown, not told."),
    ("Clara Copper", "110", "1.09", "Accounting", "requester", False, "everyday", ""),
    ("Gus Granite", "111", "1.09", "Accounting", "requester", False, "everyday", ""),
    ("Greta Lantern", "201", "2.01", "Director's office", "requester", True, "everyday", "Call before coming by."),
    ("Emil Ember", "202", "2.02", "Director's office", "requester", False, "expert", ""),
    ("Petra Pebble", "214", "2.14", "Marketing", "requester", False, "everyday", "Prefers a visit to a call."),
    ("Milo Marble", "215", "2.14", "Marketing", "requester", False, "beginner", ""),
    ("Hana Harbour", "216", "2.15", "Marketing", "requester", False, "expert", ""),
    ("Omar Orchard", "301", "3.01", "Sales", "requester", False, "everyday", "On the road Tuesday to Thursday."),
    ("Tilda Thistle", "302", "3.01", "Sales", "requester", False, "everyday", ""),
    (
        "Karl Kettle",
        "303",
        "3.02",
        "Sales",
        "requester",
        False,
        "beginner",
        "Writes long mails; the question comes last.",
    ),
    ("Lena Larkspur", "304", "3.02", "Sales", "requester", False, "everyday", ""),
    (
        "Yuri Yarrow",
        "120",
        "0.20",
        "Warehouse",
        "requester",
        False,
        "beginner",
        "Has no mailbox; call, or go there.",
    ),
    ("Bruno Bellows", "121", "0.21", "Warehouse", "requester", False, "everyday", ""),
    ("Dora Driftwood", "100", "0.01", "Reception", "requester", False, "everyday", "Knows who is in the house."),
    (
        "Nina Nettle",
        "131",
        "1.31",
        "Human resources",
        "hr",
        True,
        "everyday",
        "Access only in writing, from her address.",
    ),
    ("Sven Saddle", "132", "1.31", "Human resources", "requester", False, "everyday", ""),
    ("Fiona Fern", "140", "1.40", "Development", "requester", False, "expert", ""),
    ("Quinn Quarry", "141", "1.40", "Development", "requester", False, "expert", ""),
    (
        "Wanda Willow",
        "142",
        "1.41",
        "Development",
        "requester",
        False,
        "expert",
        "Works from home on Mondays and Fridays.",
    ),
    ("Udo Umber", "150", "1.50", "Facilities", "contact", False, "everyday", "Has the keys to every cabinet."),
    ("Vera Velvet", "160", "2.20", "Operations", "supervisor", False, "expert", "Decides what costs more than 500."),
    (
        "Oskar Oakum",
        "0800 555 0101",
        "",
        "Paperworks Printing",
        "vendor",
        False,
        "",
        "Contract 4711; ask for the second line.",
    ),
    ("Zora Zephyr", "0800 555 0102", "", "Farline Internet", "vendor", False, "", "Our line is FL-20-881."),
    ("Jana Juniper", "+44 20 5550 0103", "", "Another desk", "mentor", False, "expert", "Has seen everything once."),
)

# name, kind, owner, room, notes
DEVICES: tuple[tuple[str, str, str, str, str], ...] = (
    ("PR-2F", "printer", "", "2.13", "Second floor, by the stairs. Fuser due at 220,000 pages."),
    ("PR-1F", "printer", "", "1.12", "First floor."),
    ("LABEL-1", "label printer", "", "0.20", "On the packing table."),
    ("LT-031", "laptop", "Omar Orchard", "", "Docking stations at 3.01 and at home."),
    ("LT-044", "laptop", "Wanda Willow", "", ""),
    ("LT-052", "laptop", "Greta Lantern", "2.01", ""),
    ("PC-108", "computer", "Ivo Ivory", "1.08", ""),
    ("BEAM-1", "projector", "", "0.10", "Big meeting room."),
    ("AP-3", "access point", "", "3.00", "Above the kitchen."),
    ("NAS-1", "storage", "", "0.03", "Snapshots every hour, copied at night."),
)

# when, who, what, what solved it, kind, priority, how it came: done long ago, in few words
DONE: tuple[tuple[str, str, str, str, str, int, Channel], ...] = (
    ("9d 2h", "Petra Pebble", "Paper jam on the second floor", "Thick paper was in tray 2; it goes into tray 1.", PRINTING, 3, DOOR),
    ("9d", "Karl Kettle", "Can not find the shared price list", "Moved to Sales/2026; showed him the search.", FILES, 4, MAIL),
    ("8d 6h", "Ivo Ivory", "Screen is upside down", "ctrl+alt+arrow; showed how to turn it back.", COMPUTER, 4, PHONE),
    ("8d 5h", "Nina Nettle", "Account for the new colleague in sales", "Created from the form, first password by phone.", ACCESS, 3, FORM),
    ("8d 1h", "Omar Orchard", "VPN asks for the password again and again", "Old password was saved; deleted it.", VPN, 2, PHONE),
    ("7d 7h", "Bruno Bellows", "Label printer prints blank labels", "Roll was in the wrong way round.", PRINTING, 2, PHONE),
    ("7d 3h", "Lena Larkspur", "Calendar of the meeting room shows nothing", "Had been unsubscribed; subscribed again.", MAILS, 3, CHAT),
    ("7d", "Hana Harbour", "Needs more room for pictures", "Quota raised to 200 GB.", FILES, 4, CHAT),
    ("6d 6h", "Dora Driftwood", "Phone at the reception does not ring", "Was on mute since the drill.", MOBILE, 2, DOOR),
    ("6d 5h", "Tilda Thistle", "Attachment too large for mail", "Showed her how to share a link.", MAILS, 4, MAIL),
    ("6d 1h", "Fiona Fern", "Test server out of disk", "Old builds removed, clean-up every night.", FILES, 2, MONITORING),
    ("5d 7h", "Milo Marble", "Headset crackles in calls", "Other USB port, not the one at the screen.", COMPUTER, 3, DOOR),
    ("5d 4h", "Gus Granite", "Sheet opens read-only", "It was still open on his other computer.", FILES, 3, CHAT),
    ("5d", "Sven Saddle", "Forgot the password", "Rang back on 132, new one set.", ACCESS, 2, PHONE),
    ("4d 7h", "Greta Lantern", "Projector shows no picture", "Source was set to the old cable.", COMPUTER, 1, PHONE),
    ("4d 5h", "Quinn Quarry", "Wants a second screen", "Given one from the store.", WISHES, 4, CHAT),
    ("4d 2h", "Clara Copper", "Printer is always offline", "Printed to the one that left in spring; removed it.", PRINTING, 3, MAIL),
    ("3d 6h", "Yuri Yarrow", "Scanner does not read torn labels", "Type the number in by hand; shown.", PROGRAMS, 4, PHONE),
    ("3d 4h", "Rosa Rowan", "Booking program closes by itself", "Update 8.1 of the program.", PROGRAMS, 2, PHONE),
    ("3d 1h", "Emil Ember", "Travel laptop for the board meeting", "LT-060, returned the day after.", WISHES, 3, DOOR),
    ("2d 6h", "Lena Larkspur", "Mail to a customer comes back", "Address had a blank in it.", MAILS, 3, MAIL),
    ("2d 2h", "Udo Umber", "Door camera has no picture", "Switch port was off after the storm.", NETWORK, 2, PHONE),
)  # fmt: skip

UPDATE = "Sunday's update left the second login server behind"

CASES: tuple[Case, ...] = (
    # --- a problem of four, and the outage it is ---
    Case(
        "2h", "Rosa Rowan", "Nobody in accounting can log in since this morning",
        "All six of us, since the update prompt. It says: the trust relationship has failed.", PHONE, ("login",),
        key="login", steps=(
            ("1h 57m", judge("several", "stuck", ACCESS, exact_message="the trust relationship has failed")),
            ("1h 56m", said("I am on it. Please leave the computers on; word by eleven.")),
            ("1h 30m", note("Second login server did not come back after Sunday's update. Its clock is off by an hour.")),
            ("1h 25m", cause(UPDATE)),
        ),
    ),
    Case(
        "1h 50m", "Ivo Ivory", "My computer does not know my password any more", "", PHONE, ("login",), steps=(
            ("1h 40m", judge("one", "stuck", ACCESS, "PC-108")), ("1h 24m", cause(UPDATE)), ("1h 24m", LinkedTo("login")),
        ),
    ),
    Case(
        "1h 45m", "Sven Saddle", "Login takes ten minutes, then works", "", CHAT, ("login",), steps=(
            ("1h 38m", judge("one", "slowed", ACCESS)), ("1h 23m", cause(UPDATE)),
        ),
    ),
    Case(
        "1h 20m", "Dora Driftwood", "Visitor badges can not be printed: login refused", "", DOOR, ("login", "badges"),
        steps=(("1h 15m", judge("one", "slowed", ACCESS)), ("1h 15m", cause(UPDATE))),
    ),
    Case(
        "1h 40m", "Gus Granite", "Can not log in", "", CHAT, steps=(("1h 35m", MergedInto("login")),),
    ),
    # --- to act on ---
    Case(
        "1d 2h", "Petra Pebble", "Printer on the second floor jams every page",
        "Every page comes out crumpled, since the new paper.", DOOR, ("printer", "floor-2"), needed="-1h",
        steps=(
            ("1d 1h 50m", judge("several", "slowed", PRINTING, "PR-2F", since_when="since the new paper")),
            ("1d 1h 48m", said("I will look at it before ten. Please use the one by the stairs until then.")),
            ("1d 30m", note("Fuser at 212,000 pages. A new one is in the cellar.")),
            ("40m", Came("It is tray 2, and only the thick paper.", unread=True)),
        ),
    ),
    Case(
        "1d 4h", "Nina Nettle", "Laptop for the new starter", "Starts on Monday in sales, same kit as Tilda Thistle.",
        FORM, ("onboarding",), needed="mon 09:00", steps=(
            ("1d 3h", judge("one", "slowed", WISHES, by_when="Monday, nine", who_approved="Vera Velvet")),
            ("1d 1h", note("LT-061 is set up. Still to do: mailbox, phone, badge.")),
            ("20m", Draft("ordered the badge, ask Dora Driftwood about")),
        ),
    ),
    Case(
        "6h", "Wanda Willow", "VPN drops every hour when working from home", "Always after about sixty minutes.", MAIL,
        ("vpn", "home"), steps=(
            ("5h", judge("one", "slowed", VPN, "LT-044", where="from home, own line")),
            ("4h 40m", Sent("Hello Wanda,\n\nthank you. Could you write down the time of the next two drops?\n")),
            ("2h 10m", Came("13:02 and 14:03, to the minute.", unread=True)),
        ),
    ),
    Case(
        "2d 5h", "Lena Larkspur", "Shared calendar shows meetings one hour off", "", CHAT, ("calendar",), steps=(
            ("2d 4h", triage(3)), ("2d 4h", note("Only what was entered on her phone. Its zone is set by hand.")),
        ),
    ),
    Case(
        "3d", "Dora Driftwood", "Second monitor for the reception desk", "", DOOR, ("hardware",), needed="fri 12:00",
        steps=(("2d 7h", triage(4)),),
    ),
    Case(
        "4h", "Bruno Bellows", "Label printer prints every label twice", "Two of each since lunch.", PHONE, ("printer",),
        needed="+2h", steps=(("3h 50m", judge("several", "slowed", PRINTING, "LABEL-1")), ("3h 40m", said())),
    ),
    Case(
        "5h", "Hana Harbour", "Colours look wrong on screen since the update", "", CHAT, ("graphics",),
        steps=(("4h 50m", triage(3)),),
    ),
    Case(
        "7h", "Karl Kettle", "Offer template has the old logo", "Good morning,\n\nI hope this is the right place. As you"
        " may remember we changed the logo in spring, and the brochures are fine.\n\nCan the template be changed, too?",
        MAIL, ("templates",), steps=(("6h", triage(4)),),
    ),
    Case(
        "1d", "Quinn Quarry", "Build machine needs a newer compiler", "", CHAT, ("development",), needed="eow",
        steps=(("7h", triage(3)),),
    ),
    Case(
        "3h", "Omar Orchard", "Second screen stays dark on the dock at 3.01", "", PHONE, ("hardware",),
        steps=(("2h 50m", judge("one", "wait", COMPUTER, "LT-031", what_was_tried="other cable")),),
    ),
    Case(
        "35m", "Greta Lantern", "Video call with the board soon, no sound in the big room", "", PHONE, ("meeting",),
        needed="+90m", steps=(("33m", judge("several", "stuck", COMPUTER, "BEAM-1")), ("32m", said("I will be there half an hour before."))),
    ),
    Case("2d", "Fiona Fern", "Firewall rule for the new test server", "tcp 8443 from 1.40 only.", MAIL, ("network",),
         steps=(("1d 6h", triage(3)), ("1d 5h", note("Ask Vera Velvet: is it to be seen from outside?")))),
    # --- came in overnight, not looked at yet ---
    Case("~11h", "Tilda Thistle", "Customer can not open our invoices", "They say the file is damaged.", MAIL),
    Case("~10h", "Milo Marble", "Re: new phone", "It is here! How do I get my contacts over?", MAIL),
    Case("~9h", "Clara Copper", "Out-of-office for Gus Granite next week", "", MAIL),
    Case("~8h", "", "Disk of NAS-1 at 91 %", "Volume data, 91 % of 8 TB used.", MONITORING, ("storage",)),
    Case("~7h", "Emil Ember", "Access to the contract folder for the auditors", "Two people, until the end of the month.",
         MAIL, steps=(("30m", File("auditors.txt", "Two guests, read only, until the end of the month.\n")),)),
    Case("15m", "Yuri Yarrow", "Hand scanner beeps and shows E7", "", PHONE),
    # --- waiting for somebody else; what they were asked is the last thing in each ---
    Case("4d 2h", "Ivo Ivory", "Sheet with formulas is slow", "Takes a minute to open.", MAIL, ("spreadsheet",),
         steps=(("4d", triage(4)), ("3d 7h", Sent("Hello Ivo,\n\nwhich sheet is it, and where does it lie?\n")),
                ("3d 7h", wait("requester")))),
    Case("3d 6h", "Milo Marble", "Can not hear others in calls", "", CHAT, ("calls",),
         steps=(("3d 5h", triage(3)), ("3d 4h", Sent("Hello Milo,\n\ndoes it happen with the other headset, too?\n")),
                ("1d 6h", wait("requester")))),
    Case("6d 3h", "Rosa Rowan", "Booking program prints the wrong address", "", PHONE, ("booking",),
         steps=(("6d 2h", judge("several", "slowed", PROGRAMS)), ("6d", note("Known to the maker, case 20-117.")),
                ("1d 1h", wait("vendor", "Oskar Oakum")))),
    Case("5d 6h", "Udo Umber", "Line to the annex is slow in the afternoon", "", DOOR, ("network",),
         steps=(("5d 5h", judge("several", "slowed", NETWORK)), ("5d 4h", note("Measured 3 of 50 Mbit/s at four.")),
                ("1d 5h", wait("vendor", "Zora Zephyr")))),
    Case("2d 7h", "Sven Saddle", "Needs rights on the payroll folder", "", MAIL, ("access",),
         steps=(("2d 6h", triage(3)), ("2d 6h", Sent("Hello Sven,\n\nI have asked Nina Nettle for her word on it.\n")),
                ("1d 6h", wait("someone", "Nina Nettle")))),
    Case("5d 2h", "Lena Larkspur", "Phone contract runs out", "", MAIL, ("phone",),
         steps=(("5d 1h", triage(4)), ("5d", wait("someone", "Vera Velvet")))),
    # --- parked until their time ---
    Case("8d", "Fiona Fern", "Renew the certificate of the test server", "Runs out in three weeks.", CHAT, ("certificates",),
         steps=(("7d 6h", triage(3)), ("7d 6h", Parked("+2w", "not before the new one can be ordered")))),
    Case("6d", "Udo Umber", "Move the switch in 0.03 to the new cabinet", "", DOOR, ("network",),
         steps=(("5d 6h", triage(4)), ("5d 6h", note("The cabinet is not here yet; it comes next week.")),
                ("5d 6h", Parked("next sat", "only on a weekend")))),
    Case("3d 2h", "Hana Harbour", "Try the new drawing tablet", "", DOOR, ("hardware",),
         steps=(("3d 1h", triage(4)), ("3d", Parked("tomorrow", "she is away")))),
    # --- put aside ---
    Case("1d 5h", "", "You have won a voucher, click here", "Only today!", MAIL,
         steps=(("1d 4h", drop(DropReason.SPAM)),)),
    Case("2d 3h", "Milo Marble", "Please put a film player on my computer", "", CHAT,
         steps=(("2d 2h", said("Not on work computers, sorry.")), ("2d 2h", drop(DropReason.RULES)))),
    Case("1d 7h", "Karl Kettle", "Mail from the bank asks for my password", "I did not click.", MAIL, ("phishing",),
         steps=(("1d 6h", judge("one", "wait", MAILS)), ("1d 6h", said("Well done. Delete it.")),
                ("1d 5h", solved("A fake. Reported, sender blocked.", "advice")))),
    # --- done today ---
    Case("7h", "Tilda Thistle", "Mouse does not move", "", DOOR,
         steps=(("6h 55m", triage(4)), ("6h 50m", solved("New battery.")))),
    Case("6h 30m", "Clara Copper", "Numbers come out as dates", "", DOOR, ("spreadsheet",),
         steps=(("6h 20m", triage(4)), ("6h", solved("Column set to text before pasting; shown.", "advice")))),
    Case("1d 3h", "Bruno Bellows", "Wi-Fi gone in the warehouse", "", PHONE, ("network",),
         steps=(("1d 2h 55m", judge("several", "stuck", NETWORK, "AP-3")), ("1d 2h 50m", said("On my way.")),
                ("1d 2h", cause("Plug pulled by the cleaning machine")),
                ("1d 2h", solved("Plugged in again; Udo Umber puts up a box.")))),
)  # fmt: skip
