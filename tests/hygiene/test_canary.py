"""Internal never leaves: every way out of the desk is tried with a request full of internal words.

Each internal field holds a word that stands nowhere else. Every function marked ``outward`` has a case here, and code
that makes something to be sent without the mark is found.
"""

from __future__ import annotations

import ast
import dataclasses
import email
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import deskmate
from deskmate.__main__ import main
from deskmate.cli import detail as shown
from deskmate.cli import sign as sign_files
from deskmate.cli import sign_screen
from deskmate.domain import attention, canned, checklist, commands, handover, instant, maintenance, public, reply
from deskmate.domain import sign as sign_states
from deskmate.domain import timetable as timetables
from deskmate.domain.enclosing import Chosen
from deskmate.domain.guiding import SendGuides
from deskmate.domain.person import Person, PersonKind
from deskmate.domain.public import OUTWARD
from deskmate.domain.reply import Parcel, Report, Sending, Way
from deskmate.domain.timeline import Delivery, Detail
from deskmate.formats import audit_sheet, eml, ics, sign_page
from deskmate.services import delivery, guide_sending, hooks, programs, replies
from deskmate.services.desk import Desk
from deskmate.store import attention as stored_attention
from deskmate.store.people import make_person
from deskmate.store.read import guides as guides_read
from deskmate.store.read import hours as stored_hours
from deskmate.store.read import letters
from deskmate.store.read import proof as proofs
from deskmate.store.read import sign as stored_sign
from deskmate.store.read.detail import detail
from tests.support.desks import AT, line
from tests.support.guides import VPN, written

PACKAGE = Path(deskmate.__file__).parent
NOW = datetime(2026, 11, 20, 10, 47, tzinfo=UTC)
SLOT = datetime(2026, 11, 20, 11, 15, tzinfo=UTC)
LATER = "2026-11-20T11:00:00.000Z"
CANARY = "kanarie"
"""Stands in every internal word and nowhere else."""
SAID = "page comes out crumpled"
"""What the requester said, and may see."""


def internal(where: str) -> str:
    return f"{CANARY}-{where}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """D-1 of Anna, with an internal word in every place there is; D-2 of somebody else, merged into it."""
    desk = Desk(str(tmp_path), actor=internal("actor"))
    conn = desk.writer.conn
    anna = make_person(conn, "Anna Weber", AT, "anna@example.org")
    other = make_person(conn, internal("other requester"), AT, f"{CANARY}@example.org")
    desk.capture(line("Printer jams", person_id=anna), SAID)
    desk.capture(line(internal("other title"), person_id=other), internal("other text"))
    desk.run(commands.AddNote((1,), internal("note")))
    (sent,) = desk.run(commands.SendReply((1,), "I look at it.", Way.EML)).replies
    (kept,) = desk.run(commands.SendReply((1,), internal("reply that was never sent"), Way.EML)).replies
    desk.run(commands.Delivered(Report(sent, Delivery.SENT)))
    desk.run(commands.Delivered(Report(kept, Delivery.NOT_SENT, internal("reason"))))
    desk.run(commands.Tag((1,), (internal("tag"),)))
    filled = {
        "INSERT INTO note (request_id, at, text, restricted) VALUES (1, :at, :restricted, 1)": ("restricted",),
        "UPDATE person SET phone = :phone, room = :room, department = :department, details = :details, vip = 1"
        " WHERE id = 1": ("phone", "room", "department", "details"),
        "INSERT INTO device (name, word, kind, person_id, room, notes)"
        " VALUES (:device, :device, :kind, 1, :place, :notes)": ("device", "kind", "place", "notes"),
        "UPDATE request SET cause = :cause, resolution = :resolution, outcome = 'workaround', device_id = 1,"
        " parked_reason = :parked, waiting_for = :waiting, status = 'waiting', waiting_on = 'vendor',"
        " waiting_since = :at, wake_at = :at, shelf = 'waiting', impact = 'several', urgency = 'stuck',"
        " category = :category WHERE id = 1": ("cause", "resolution", "parked", "waiting", "category"),
        "INSERT INTO event (request_id, at, kind, old, new, seq) VALUES (1, :at, 'priority', :old, :new, 1)": (
            "old",
            "new",
        ),
        "INSERT INTO draft VALUES ('note:1', :draft, 0, 1, :at)": ("draft",),
        "INSERT INTO slot (starts, ends, every, state, reason, public)"
        " VALUES ('2026-11-20T10:00', '2026-11-20T12:30', 1, 'DND', :slot, 'Training')": ("slot",),
        "INSERT INTO override (at, state, until, public, private) VALUES (:at, 'AWAY', :later, 'room 2', :private)": (
            "private",
        ),
        "INSERT INTO notice (at, text) VALUES (:at, 'Mail is down')": (),
    }
    for sql, names in filled.items():
        conn.execute(sql, {"at": AT, "later": LATER} | {name: internal(name) for name in names})
    make_person(conn, "Mentor", AT, "mentor@example.org")
    conn.execute("UPDATE person SET kind = 'mentor', details = ? WHERE name = 'Mentor'", (internal("mentor"),))
    conn.execute("INSERT INTO link VALUES (1, 2)")
    items = checklist.Content((checklist.Item(internal("item"), 1, days=-3), checklist.Item(internal("next"), 2)))
    key = desk.run(maintenance.SaveChecklist(internal("checklist"), items)).made
    run = desk.run(maintenance.StartRun(key, None, 1, "2027-01-04T11:00:00.000Z")).made
    desk.run(maintenance.MarkItem(run, 2, checklist.Verdict.DONE, note=internal("ticked")))
    desk.run(maintenance.ReportFinding(run, 1, internal("failed")))
    yield desk
    desk.close()


def whole(desk: Desk) -> Detail:
    found = detail(desk.writer.conn, 1)
    assert found is not None
    return found


def head(desk: Desk) -> public.Letterhead:
    found = letters.letterhead(desk.writer.conn, 1)
    assert found is not None
    return found


def outgoing(desk: Desk) -> reply.Outgoing:
    text = "\n".join(each.text for each in letters.canned(desk.writer.conn))
    return reply.outgoing(head(desk), canned.fill(text, head(desk)))


def enclosed(desk: Desk) -> Parcel:
    """A reply with a guide that has internal words wherever it can."""
    steps = tuple(dataclasses.replace(step, note=internal("step")) for step in VPN.steps)
    written(desk, dataclasses.replace(VPN, steps=steps, note=internal("guide"), title=f"VPN {os.urandom(3).hex()}"))
    key = max(guides_read.slugs(desk.writer.conn).values())
    chosen = Chosen(key, values={"name": "Anna", "code": internal("secret")})
    made = guide_sending.made(desk.writer.conn, desk.folder, chosen)
    sent = desk.run(SendGuides((1,), "Here is how.", Way.EML, (made,))).replies
    (parcel,) = letters.parcels(desk.writer.conn, sent)
    assert parcel.files
    return parcel


def delivered(desk: Desk, way: Way) -> str:
    """What a program gets on its input, its command line and its environment; and what stands in a mail file."""
    folder = Path(desk.folder)
    body = (
        "import sys, os; open(out, 'ab').write(sys.stdin.buffer.read() + repr((sys.argv, dict(os.environ))).encode())"
    )
    for name in ("xclip", "xdg-open", "mailer"):
        (folder / name).write_text(f"#!{sys.executable}\nout = {str(folder / 'out')!r}\n{body}\n", encoding="utf-8")
        (folder / name).chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(folder))
        patch.setattr(delivery.shutil, "which", lambda name: name if name == "xclip" else None)
        sending = Sending(command=(str(folder / "mailer"),), sender="Help <help@example.org>")
        report = delivery.deliver(Parcel(1, 1, way, outgoing(desk)), sending, str(folder), NOW)
    assert report.reason == ""
    return "".join(
        path.read_text(encoding="utf-8") for path in [*folder.glob("out"), *folder.glob("outbox/*")] if path.is_file()
    )


def told(desk: Desk, at: datetime) -> str:
    """What a hook gets on its input, its command line and its environment; and what is logged of it."""
    folder = Path(desk.folder)
    body = "open(out, 'ab').write(sys.stdin.buffer.read() + repr((sys.argv, dict(os.environ))).encode()); sys.exit(3)"
    program = f"#!{sys.executable}\nimport sys, os\nout = {str(folder / 'out')!r}\n{body}\n"
    (folder / "hook").write_text(program, encoding="utf-8")
    (folder / "hook").chmod(0o700)
    hooks.tell([(str(folder / "hook"), "word")], sign(desk, at), desk.folder)
    log = (folder / "deskmate.log").read_text(encoding="utf-8")
    assert log.endswith("availability hook 1 of 1: ended with 3\n")
    return log + (folder / "out").read_text(encoding="utf-8")


def mail(data: bytes) -> str:
    found = email.message_from_bytes(data, policy=policy.default)
    return f"{found.items()} {found.get_payload(decode=True)!r} {data.decode()}"


def board(desk: Desk) -> sign_states.Board:
    found = stored_sign.board(desk.writer.conn, instant.to_text(NOW))
    assert words(found.overrides).count(CANARY) == 1
    assert words(found.calendar.hours).count(CANARY) == 1
    return found


def sign(desk: Desk, at: datetime = NOW) -> sign_states.SignState:
    found = sign_states.sign_at(at, board(desk))
    assert found.reason_public == ("room 2" if at == NOW else "Training")
    return found


def weeks(desk: Desk) -> timetables.Timetable:
    found = timetables.timetable(NOW, board(desk))
    assert {"Please do not enter (Training)", "Not at my desk (room 2)"} <= {each.summary for each in found.events}
    return found


def reminders(desk: Desk) -> list[attention.Reminder]:
    """Everything that may ever be said of D-1 by itself."""
    conn = desk.writer.conn
    conn.execute("UPDATE request SET response_due = :at, check_at = :at WHERE id = 1", {"at": AT})
    found, _seq = stored_attention.passed(conn, AT, LATER, 0)
    assert len({each.kind for each in found if each.number == 1}) == 3
    return [each for each in found if each.number == 1]


def notified(desk: Desk) -> str:
    """What a command is given that shows notifications."""
    out, tool = Path(desk.folder) / "told", Path(desk.folder) / "tool"
    tool.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(out)!r}, 'w').write(repr(sys.argv))\n", encoding="utf-8"
    )
    tool.chmod(0o700)
    programs.notify([str(tool)], attention.spoken(reminders(desk)[:1], NOW))
    return out.read_text(encoding="utf-8")


def sheet(desk: Desk) -> str:
    """The record of a checklist with a failed item that led to D-1."""
    content = checklist.Content((checklist.Item("Alarms read", 1),))
    key = desk.run(maintenance.SaveChecklist("Morning look", content)).made
    run = desk.run(maintenance.StartRun(key)).made
    desk.run(maintenance.ReportFinding(run, 1))
    desk.run(maintenance.FinishRun(run))
    conn = desk.writer.conn
    conn.execute("UPDATE result SET finding_id = 1")
    today = datetime.now(UTC).date()
    calendar = stored_hours.calendar(conn)
    found = proofs.proof_of(conn, key, today - timedelta(3), today + timedelta(3), calendar, datetime.now(UTC))
    assert found is not None
    page = audit_sheet.page(found)
    assert "D-1" in page
    return page


def shell(desk: Desk, *argv: str) -> str:
    return f"{main(['--data', desk.folder, *argv])}"


CASES: dict[str, Callable[[Desk], Any]] = {
    "deskmate.domain.attention.spoken": lambda desk: [attention.spoken([each], NOW) for each in reminders(desk)],
    "deskmate.domain.attention.counted": lambda desk: attention.counted(reminders(desk)),
    "deskmate.services.programs.notify": notified,
    "deskmate.domain.public.public": lambda desk: public.public(whole(desk)),
    "deskmate.domain.reply.outgoing": outgoing,
    "deskmate.domain.reply.subject": lambda desk: reply.subject(head(desk)),
    "deskmate.domain.canned.fill": lambda desk: outgoing(desk).text,
    "deskmate.domain.handover.handover": lambda desk: handover.handover(
        public.public(whole(desk)), whole(desk).request.answers, NOW
    ),
    "deskmate.domain.handover.sheet": lambda desk: handover.sheet(
        "D-1",
        "Printer jams",
        contact(),
        handover.handover(public.public(whole(desk)), (), NOW),
    ),
    # What a note for the supervisor says is for the supervisor: nothing but its own words goes there.
    "deskmate.domain.handover.for_supervisor": lambda desk: handover.for_supervisor(
        "D-1", dataclasses.replace(contact(), kind=PersonKind.SUPERVISOR), "what was said"
    ),
    "deskmate.store.read.letters.letterhead": head,
    "deskmate.store.read.letters.parcels": lambda desk: letters.parcels(
        desk.writer.conn, desk.run(commands.SendReply((1,), "Bye", Way.EML)).replies
    ),
    "deskmate.store.read.letters.handovers": lambda desk: letters.handovers(
        desk.writer.conn, desk.run(commands.Escalate((1,), 3, ("What was asked",), Way.EML)).handovers
    ),
    "deskmate.store.read.letters.last_reply": lambda desk: letters.last_reply(desk.writer.conn, 1),
    "deskmate.services.replies.addressed": lambda desk: replies.addressed(
        head(desk), "{name} {title} {number}", Way.EML, template=True
    ),
    "deskmate.formats.eml.message": lambda desk: mail(eml.message(outgoing(desk), sender="", date=NOW)),
    "deskmate.formats.eml.mailto": lambda desk: unquote(eml.mailto(outgoing(desk))),
    "deskmate.domain.reply.with_steps": lambda desk: reply.with_steps(outgoing(desk).text, [("page.html", "Step 1")]),
    "deskmate.services.delivery.lay_out": lambda desk: delivery.lay_out(enclosed(desk), Sending(), desk.folder),
    "deskmate.services.delivery.lay_beside": lambda desk: delivery.lay_beside(
        delivery._with_files(enclosed(desk), desk.folder), str(Path(desk.folder) / "beside")
    ),
    "deskmate.services.delivery._with_files": lambda desk: delivery._with_files(enclosed(desk), desk.folder),
    "deskmate.services.delivery._link": lambda desk: unquote(
        delivery._link(delivery._with_files(enclosed(desk), desk.folder), enclosed(desk).short)
    ),
    "deskmate.services.delivery.deliver": lambda desk: [delivered(desk, way) for way in (Way.COMMAND, Way.EML)],
    "deskmate.services.hooks.tell": lambda desk: [told(desk, at) for at in (NOW, SLOT)],
    "deskmate.services.delivery.to_clipboard": lambda desk: delivered(desk, Way.CLIPBOARD),
    # The sign is asked while a word said by hand lasts, and again while a slot that is set aside does.
    "deskmate.domain.sign.sign_at": lambda desk: [sign(desk), sign(desk, SLOT)],
    "deskmate.domain.sign.unknown": lambda desk: sign_states.unknown(sign(desk), SLOT),
    "deskmate.domain.sign.as_json": lambda desk: [sign_states.as_json(sign(desk, at)) for at in (NOW, SLOT)],
    "deskmate.domain.sign.in_lines": lambda desk: [sign_states.in_lines(sign(desk, at)) for at in (NOW, SLOT)],
    "deskmate.domain.timetable.timetable": weeks,
    "deskmate.formats.sign_page.page": lambda desk: [sign_page.page(sign(desk, at)) for at in (NOW, SLOT)],
    "deskmate.formats.audit_sheet.page": sheet,
    "deskmate.formats.ics.events": lambda desk: ics.events(weeks(desk), "desk").decode(),
    "deskmate.formats.ics.free_busy": lambda desk: ics.free_busy(weeks(desk), "desk").decode(),
    "deskmate.cli.sign_screen.screen": lambda desk: [sign_screen.screen(sign(desk, at), 20, 9) for at in (NOW, SLOT)],
    "deskmate.cli.sign.document": lambda desk: [sign_files.document(sign(desk), kind) for kind in ("html", "json")],
    "deskmate.cli.sign.calendars": lambda desk: sign_files.calendars(weeks(desk), "desk", f"{desk.folder}/sign.ics"),
    "deskmate.cli.detail._public_json": lambda desk: shown._public_json(public.public(whole(desk))),
    "deskmate.cli.detail._public_lines": lambda desk: shown._public_lines(public.public(whole(desk)), NOW),
}
"""How each function on the way out is called with the request full of internal words."""


def contact() -> Person:
    kept = {"details": internal("details"), "phone": internal("phone"), "room": internal("room")}
    return Person(key=9, name="Mentor", email="mentor@example.org", kind=PersonKind.MENTOR, **kept)


def words(value: Any) -> str:
    """Everything that is in a value, however deep."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return words(dataclasses.asdict(value))
    return value if isinstance(value, str) else repr(value)


def modules() -> list[str]:
    found = pkgutil.walk_packages([str(PACKAGE)], "deskmate.")
    return [each.name for each in found if not each.name.endswith("__main__")]


def test_the_words_are_where_they_can_be_found(desk: Desk) -> None:
    """Otherwise the tests below would be blind."""
    assert words(whole(desk)).count(CANARY) > 10
    assert CANARY in words(public.public(dataclasses.replace(whole(desk), who=internal("who"))))


@pytest.mark.parametrize("name", sorted(CASES))
def test_nothing_internal_leaves(name: str, desk: Desk) -> None:
    found = words(CASES[name](desk))
    assert found
    assert CANARY not in found


@pytest.mark.parametrize(
    "argv",
    [("show", "1", "--public"), ("show", "1", "--public", "--json"), ("escalate", "1", "--to", "Mentor")],
    ids=" ".join,
)
def test_nor_by_the_shell(desk: Desk, argv: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    shell(desk, *argv)
    out = "".join(capfd.readouterr())
    assert SAID in out
    assert CANARY not in out


def test_every_way_out_is_tried_here() -> None:
    for name in modules():
        import_module(name)
    untried = OUTWARD.keys() - CASES.keys()
    assert not untried, f"marked outward, and without a case in this file: {sorted(untried)}"
    assert not CASES.keys() - OUTWARD.keys()


# --- what is not marked is found ------------------------------------------------------------------------------

MADE = {"Outgoing", "PublicRequest", "Letterhead", "Parcel", "Enclosed", "SignState", "Timetable"}
"""Types that something sent is made of."""
FOR_THE_TECHNICIAN = {
    "domain/canned.py:_values", "domain/canned.py:unfilled",  # why a text can not be sent
    "domain/reply.py:settled_address",  # where it would go, or why not
    "services/replies.py:_head",  # the letterhead itself, looked for
    "tui/gateway.py:letterheads", "tui/gateway.py:parcels", "tui/gateway.py:deliver",  # a door, as they come
    "tui/guide_sending.py:lay_out", "tui/guide_sending.py:job",  # a door, as it comes
    "tui/screens/queue/replies.py:_beside",  # a parcel, as it is
    "cli/escalating.py:escalate",  # what sheet made, as it is
    "tui/screens/queue/escalating.py:_leave",  # what sheet or for_supervisor made, as it is
    "services/hooks.py:claim", "services/hooks.py:mark",  # what sign_at made, as it is
    "store/signpost.py:look", "store/signpost.py:timetable",  # what outward functions made, as it is
    "cli/sign.py:_watch", "cli/sign.py:_content", "cli/sign.py:_write",  # when it is written, and where
    "cli/sign_screen.py:fill", "cli/sign_screen.py:_composed",  # where it stands
    "formats/sign_page.py:_look", "formats/sign_page.py:_size",  # its colour and its size
    "tui/dialogs/reply.py:__init__", "tui/dialogs/reply.py:way_of",  # shown before it leaves
}  # fmt: skip
"""Functions that have to do with such a type and let nothing leave themselves."""
LEAVING = {"copy_to_clipboard", "startfile", "Popen", "open_url", "SMTP", "urlopen", "create_connection", "system"}
"""Calls by which something leaves the app."""
MAY_LEAVE = {
    "services/delivery.py:open_link", "services/programs.py:_started",  # what an outward function made
    "services/programs.py:detach",  # a child of our own
    "tui/screens/queue/replies.py:stored",  # the text of a parcel
    "tui/screens/queue/escalating.py:_leave",  # the text of a sheet, made by an outward function
    "tui/screens/queue/moves.py:_copy",  # number or title, to paste; or what last_reply gives
    "tui/outside.py:open_copy",  # an attachment, on this screen
}  # fmt: skip


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    name = path.relative_to(PACKAGE).as_posix() if PACKAGE in path.parents else path.name
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name}:{node.name}", node


def names_in(node: ast.AST | None) -> set[str]:
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} if node else set()
    quoted = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)} if node else set()
    return found | {name for name in MADE if any(name in text for text in quoted if isinstance(text, str))}


def called(node: ast.AST) -> set[str]:
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {func.id if isinstance(func, ast.Name) else getattr(func, "attr", "") for func in calls}


def unmarked(paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        for name, node in functions(path):
            marked = any("outward" in names_in(each) for each in node.decorator_list)
            given = [each.annotation for each in (*node.args.args, *node.args.kwonlyargs)]
            touched = set().union(*map(names_in, (*given, node.returns))) & MADE or called(node) & MADE
            if touched and not marked and name not in FOR_THE_TECHNICIAN:
                found.append(f"{name} has to do with {', '.join(sorted(touched))} and is not marked outward")
    return found


def leaving(paths: list[Path]) -> list[str]:
    """The innermost functions that call what lets something leave."""
    found = []
    for path in paths:
        for name, node in functions(path):
            inner = [each for each in ast.walk(node) if each is not node and isinstance(each, ast.FunctionDef)]
            own = called(node) - set().union(*map(called, inner)) if inner else called(node)
            if own & LEAVING and name not in MAY_LEAVE:
                found.append(f"{name} calls {', '.join(sorted(own & LEAVING))}")
    return found


def test_what_makes_something_to_be_sent_is_marked() -> None:
    assert unmarked(sorted(PACKAGE.rglob("*.py"))) == []


def test_nothing_leaves_by_a_door_of_its_own() -> None:
    assert leaving(sorted(PACKAGE.rglob("*.py"))) == []


@pytest.mark.parametrize(
    ("code", "finds"),
    [
        ("def text(out: Outgoing) -> str: return out.text", unmarked),
        ("def head() -> Letterhead: ...", unmarked),
        ("def one(n): return Outgoing(n, n, n, n, n)", unmarked),
        ("def put(app, text): app.copy_to_clipboard(text)", leaving),
        ("def call(url): return urllib.request.urlopen(url)", leaving),
    ],
)
def test_a_planted_one_is_found(tmp_path: Path, code: str, finds: Callable[[list[Path]], list[str]]) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(code, encoding="utf-8")
    assert finds([planted]) != []
