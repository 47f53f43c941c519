"""What the technician can do, as plain data.

Keys, footer, help, strips, docs and the shell all derive from this list; what stands here exists.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done: its id, its name on a footer or strip, one sentence of help, and
    whether ``u`` takes it back."""

    id: str
    title: str
    help: str
    undoable: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("capture", "capture", "Write down a new request in one line.", undoable=True),
    Action("priority.1", "P1", "Everything stops for it.", undoable=True),
    Action("priority.2", "P2", "Today.", undoable=True),
    Action("priority.3", "P3", "Soon.", undoable=True),
    Action("priority.4", "P4", "When there is time.", undoable=True),
    Action("priority.matrix", "matrix", "Say who is stuck and how badly; the priority follows.", undoable=True),
    Action("priority.raise", "raise", "One step more pressing.", undoable=True),
    Action("priority.lower", "lower", "One step less pressing.", undoable=True),
    Action(
        "reply.write",
        "write",
        "Answer the requester, with your own words or, by r 1 to r 9, your texts.",
        undoable=True,
    ),
    Action("reply.said", "said", "You told them in person or by phone.", undoable=True),
    Action("reply.confirm", "sent", "What was handed over has been sent.", undoable=True),
    Action("reply.all", "same cause", "One answer to all open requests with this cause, each alone.", undoable=True),
    Action("reply.retry", "again", "Send what was not sent."),
    Action("reply.texts", "canned texts", "Change, add or remove the texts to answer with.", undoable=True),
    Action(
        "interrupt", "interrupted", "Capture it and take it now; b comes back to what it interrupted.", undoable=True
    ),
    Action("back.to", "back to it", "Back to what was interrupted last, as it was left.", undoable=True),
    Action("stack", "stack", "All that was interrupted, and back to any of it.", undoable=True),
    Action("clock", "clock", "Start the clock of this request, or stop it.", undoable=True),
    Action("began", "it began", "Say how many minutes ago this began: what ran then ends there.", undoable=True),
    Action("idle", "idle time", "Say what becomes of time that ran without a key.", undoable=True),
    Action("note", "note", "Write an internal note. It never leaves.", undoable=True),
    Action("resolve", "resolve", "Done; say what solved it, or just press enter.", undoable=True),
    Action("check.hour", "+1 h", "Resolve, and ask in an hour whether it really works.", undoable=True),
    Action(
        "check.day", "end of day", "Resolve, and ask at the end of the day whether it really works.", undoable=True
    ),
    Action(
        "check.tomorrow",
        "tomorrow",
        "Resolve, and ask on the next business day whether it really works.",
        undoable=True,
    ),
    Action("check.friday", "Fri", "Resolve, and ask on Friday whether it really works.", undoable=True),
    Action("check.week", "next week", "Resolve, and ask next week whether it really works.", undoable=True),
    Action("check.typed", "type it", "Resolve, and ask at a date you type whether it really works.", undoable=True),
    Action("feedback.1", "no", "They say 1 of 5: it does not work; then a line, or enter.", undoable=True),
    Action("feedback.2", "hardly", "They say 2 of 5: hardly; then a line, or enter.", undoable=True),
    Action("feedback.3", "so so", "They say 3 of 5: so so; then a line, or enter.", undoable=True),
    Action("feedback.4", "works", "They say 4 of 5: it works; then a line, or enter.", undoable=True),
    Action("feedback.5", "very well", "They say 5 of 5: very well; then a line, or enter.", undoable=True),
    Action("drop.spam", "spam", "Drop it: nobody asked for this.", undoable=True),
    Action("drop.duplicate", "duplicate", "Drop it: it is here already.", undoable=True),
    Action("drop.nothing", "nothing to do", "Drop it: there is nothing to do.", undoable=True),
    Action("drop.rules", "against the rules", "Drop it: the rules forbid it.", undoable=True),
    Action("park.hour", "+1 h", "Park it for an hour.", undoable=True),
    Action("park.day", "end of day", "Park it until the office closes.", undoable=True),
    Action("park.tomorrow", "tomorrow", "Park it until the next business day.", undoable=True),
    Action("park.friday", "Fri", "Park it until Friday.", undoable=True),
    Action("park.week", "next week", "Park it until next week.", undoable=True),
    Action("park.typed", "type it", "Park it until a date you type, and say why.", undoable=True),
    Action("park.wake", "wake now", "Back to work: parked no longer, waiting for nobody.", undoable=True),
    Action("promise.hour", "+1 h", "Promised for in an hour.", undoable=True),
    Action("promise.day", "end of day", "Promised by the end of the day.", undoable=True),
    Action("promise.tomorrow", "tomorrow", "Promised for the next business day.", undoable=True),
    Action("promise.friday", "Fri", "Promised for Friday.", undoable=True),
    Action("promise.week", "next week", "Promised for next week.", undoable=True),
    Action("promise.typed", "type it", "Promised for a date you type, and what.", undoable=True),
    Action("promise.said", "as written", "What the last reply promised, with the date it names.", undoable=True),
    Action("promise.keep", "kept", "The next promise was kept.", undoable=True),
    Action("promise.move", "move", "Another date was told; then which.", undoable=True),
    Action("promise.drop", "drop", "The next promise is not to be kept, and they know.", undoable=True),
    Action(
        "wait.requester", "requester", "Wait for their answer; then a date to ask again, or enter.", undoable=True
    ),
    Action("wait.vendor", "vendor", "Wait for the vendor; then a date to ask again, or enter.", undoable=True),
    Action("wait.someone", "other", "Wait for someone by name; then a date to ask again, or enter.", undoable=True),
    Action("escalate", "escalate", "Hand it over to a contact, or note it for the supervisor.", undoable=True),
    Action("reopen", "reopen", "Back to work on it.", undoable=True),
    Action("cause", "cause", "Why it happened. Requests with one cause are a problem.", undoable=True),
    Action("edit", "edit", "Its title, requester, category and what the category asks.", undoable=True),
    Action("categories", "categories", "Change the kinds of trouble, and what each asks.", undoable=True),
    Action("notice", "notice on the sign", "Put a word to everybody on the sign, until a date.", undoable=True),
    Action(
        "sign.words", "words on the sign", "How to reach you when it can not wait, and who stands in.", undoable=True
    ),
    Action("notice.off", "take the notice down", "Take the word to everybody off the sign.", undoable=True),
    Action("link", "link", "It has to do with another; again takes the link away.", undoable=True),
    Action(
        "checks", "checklist for it", "Run a checklist for it, or go on with the one that was begun.", undoable=True
    ),
    Action("merge", "merge", "It is the same as another, which goes on; again takes them apart.", undoable=True),
    Action("attach", "attach", "Attach a file: a screenshot, a log, whatever belongs to it.", undoable=True),
    Action("file.open", "open file", "Open an attached file with the program this system has for it."),
    Action("tags", "tags", "Change its tags.", undoable=True),
    Action("context", "context", "Who asks, what else they asked for, what solved the like, their devices."),
    Action(
        "dnd",
        "do not disturb",
        "On for 45 minutes, or what availability says; when it or away is on, off.",
        undoable=True,
    ),
    Action("dnd.15", "15 min", "Do not disturb for a quarter of an hour.", undoable=True),
    Action("dnd.30", "30 min", "Do not disturb for half an hour.", undoable=True),
    Action("dnd.60", "1 h", "Do not disturb for an hour.", undoable=True),
    Action("dnd.120", "2 h", "Do not disturb for two hours.", undoable=True),
    Action("dnd.closing", "until closing", "Do not disturb until these hours end.", undoable=True),
    Action("dnd.opening", "until next opening", "Do not disturb until the door opens next.", undoable=True),
    Action("dnd.typed", "type it", "Do not disturb until a time you type.", undoable=True),
    Action("dnd.away", "away", "Away, with a word for everybody and when you are back.", undoable=True),
    Action("dnd.off", "off", "Back to the hours.", undoable=True),
    Action(
        "rules", "what breaks through", "The rules by which something breaks through do-not-disturb.", undoable=True
    ),
    Action("hours.edit", "edit", "Change what the cursor is on; what it would do is shown first.", undoable=True),
    Action("hours.day", "other day", "One date has other hours, or is closed.", undoable=True),
    Action("hours.leave", "leave", "Take days or hours off; what falls into them is shown.", undoable=True),
    Action("hours.extra", "extra", "Open beyond the usual hours.", undoable=True),
    Action("hours.slot", "slot", "Set time aside, once or again and again; it turns the sign.", undoable=True),
    Action("hours.holidays", "holidays", "Copy the public holidays of a country and a region.", undoable=True),
    Action("hours.remove", "remove", "Take away what the cursor is on.", undoable=True),
    Action(
        "hours.move", "move dates", "Move what falls into this leave to the first opening after it.", undoable=True
    ),
    Action("week.previous", "previous week", "The week before."),
    Action("week.next", "next week", "The week after."),
    Action("week.today", "today", "Back to this week and to today."),
    Action(
        "checklist.go", "run", "Run the checklist, or go on; in the calendar to the month, the day, the checklist."
    ),
    Action("checklist.new", "new", "Write a checklist: a name, and a line for each item.", undoable=True),
    Action(
        "checklist.edit", "edit", "Change what is on it; a run that goes on keeps what it began with.", undoable=True
    ),
    Action("checklist.copy", "copy", "Another checklist that begins as this one.", undoable=True),
    Action(
        "checklist.schedule", "schedule", "Say when it is due; the next six dates are shown first.", undoable=True
    ),
    Action("checklist.skip", "skip", "It is not done this time, and why.", undoable=True),
    Action("checklist.pause", "pause", "Nothing is wanted for some days; again ends that.", undoable=True),
    Action("checklist.explain", "note", "A word on what was missed, for one absence at a time.", undoable=True),
    Action("guides.search", "search", "Find guides by words, as you type."),
    Action("guides.pane", "next pane", "Read the whole guide, and back to the list."),
    Action("guides.into", "right", "Read the whole guide."),
    Action("guides.out", "left", "Back to the list."),
    Action("guides.new", "new", "A new guide: its title, then what is in it.", undoable=True),
    Action("guides.copy", "copy", "Another guide that begins as this one.", undoable=True),
    Action(
        "guides.fields",
        "title and words",
        "Change its title, the words users say, whom it is for, what one needs, its placeholders.",
        undoable=True,
    ),
    Action(
        "guides.publish", "publish", "Keep it as the next revision, and say in a line what is new.", undoable=True
    ),
    Action("guides.review", "still true", "You looked, and it is still true; and when to look again.", undoable=True),
    Action(
        "guides.walk",
        "walk through it",
        "Walk through what was published, with what the clock runs for; or go on.",
        undoable=True,
    ),
    Action(
        "guides.revisions",
        "revisions",
        "What was published, what the draft says otherwise, and back to an older one.",
        undoable=True,
    ),
    Action("guides.preview", "preview", "The guide as the user sees it; o opens the page in the browser."),
    Action(
        "guides.send", "send", "Write it as a page, a PDF, a mail and more, with its words filled in.", undoable=True
    ),
    Action("guides.archive", "put aside", "It is not offered any more; again takes it up.", undoable=True),
    Action("guides.drop", "drop", "Take the guide away, with all that was published of it.", undoable=True),
    Action("checklist.drop", "drop", "Take the checklist away; its history stays.", undoable=True),
    Action(
        "checklist.starters",
        "starters",
        "Choose from checklists that are ready, each with its schedule.",
        undoable=True,
    ),
    Action("checklist.month", "month", "The month: what is due on each day, and what became of it."),
    Action("checklist.year", "year", "The year: a line for each checklist, a cell for each week."),
    Action("checklist.today", "today", "Back to today in the calendar."),
    Action("checklist.left", "left", "In the calendar a day or a week back, else to the list."),
    Action("checklist.right", "right", "In the calendar a day or a week on, else into the checklist."),
    Action("checklist.pane", "next pane", "Into the checklist, or into the day, and back to the list."),
    Action("run.choose", "run a checklist", "Begin a checklist, or go on with one that was begun.", undoable=True),
    Action("run.tick", "done", "This item is done; on to the next.", undoable=True),
    Action("run.none", "not applicable", "This item does not apply, and why.", undoable=True),
    Action("run.fail", "failed", "This item failed: makes a request of it, with all that is known.", undoable=True),
    Action("run.value", "value", "Type the value that was read, or choose by number.", undoable=True),
    Action("run.note", "note", "Write a note on this item.", undoable=True),
    Action("run.evidence", "evidence", "Keep a file that shows it.", undoable=True),
    Action("run.screenshot", "screenshot", "Keep the newest screenshot as evidence.", undoable=True),
    Action("run.open", "open again", "Take back what was said of this item; its note stays.", undoable=True),
    Action("run.request", "its request", "To the request this item led to, else to the one it is run for."),
    Action("run.another", "another list", "Run another checklist for the same request.", undoable=True),
    Action("run.finish", "finish", "Write it down as done: a last word, who signs it, when it was.", undoable=True),
    Action("run.skip", "skip", "It is not done this time, and why.", undoable=True),
    Action("run.drop", "take away", "It was begun by mistake.", undoable=True),
    Action("run.switch", "newest revision", "Go on with what is on the list by now.", undoable=True),
    Action(
        "walkthrough", "walk a guide", "Walk through a guide with it, or go on where that was left.", undoable=True
    ),
    Action("walk.done", "they did it", "They did this step by themselves; on to the next.", undoable=True),
    Action("walk.together", "together", "You did this step together; on to the next.", undoable=True),
    Action("walk.fail", "failed", "This step failed: what was seen, and which branch that is.", undoable=True),
    Action("walk.branch", "if not", "The branch with that number is what is seen: on along it.", undoable=True),
    Action("walk.skip", "skip", "This step is not needed; on to the next.", undoable=True),
    Action("walk.note", "note", "Write a note on this step.", undoable=True),
    Action("walk.before", "back a step", "Back to the step before, without a word on this one.", undoable=True),
    Action("walk.after", "on a step", "On to the step one went back from.", undoable=True),
    Action("walk.picture", "picture", "Open the picture with the program this system has for it."),
    Action("walk.request", "its request", "To the request it is with; it goes on another time."),
    Action("walk.drop", "take away", "It was begun by mistake.", undoable=True),
    Action("walk.solved", "helped", "It helped; who did it follows from the steps.", undoable=True),
    Action(
        "walk.resolve",
        "helped, resolve",
        "It helped; then resolve the request, with the guide as what solved it.",
        undoable=True,
    ),
    Action("walk.for_them", "helped, I did it", "It helped, and you did it for them.", undoable=True),
    Action("walk.failed", "failed", "It did not help; then a word on it, or enter.", undoable=True),
    Action("walk.stopped", "was stopped", "Nothing came of it yet; then a word on it, or enter.", undoable=True),
    Action("undo", "undo", "Take the last change back."),
    Action("redo", "redo", "Do again what was undone."),
    Action("repeat", "repeat", "Do the last verb again, here."),
    Action("mark", "mark", "Mark this one; verbs then work on all marked."),
    Action("range", "range", "Mark everything from here to where you go."),
    Action("mark.all", "mark all", "Mark everything in this list."),
    Action("copy.number", "number", "Copy the number."),
    Action("copy.title", "title", "Copy the title."),
    Action("copy.reply", "reply", "Copy the last reply that went out."),
    Action("search", "search", "Find by words, by #tag, or by number."),
    Action("view.next", "next view", "The view to the right."),
    Action("view.previous", "previous view", "The view to the left."),
    Action("view.now", "Now", "What you can act on."),
    Action("view.new", "New", "What nobody has looked at yet."),
    Action("view.waiting", "Waiting", "What somebody else has to do first, the longest wait first."),
    Action("view.parked", "Parked", "What sleeps until its date."),
    Action("view.promised", "Promised", "What was promised and is still open, the soonest first."),
    Action("view.today", "Today", "What is due, promised, waking or to be checked today, and what you began today."),
    Action("view.held", "Held", "What do-not-disturb has held, until you have looked at it."),
    Action("view.loose", "Loose ends", "Begun today without a next step, and nobody told anything for too long."),
    Action("view.resolved", "Resolved", "What is done, newest first."),
    Action("view.all", "All", "Everything, newest first."),
    Action("view.save", "save", "Save what is searched for as a view of your own.", undoable=True),
    Action("view.rename", "rename", "Give this view of your own another name.", undoable=True),
    Action("view.drop", "drop", "Take this view of your own off the tabs.", undoable=True),
    Action("down", "down", "One line down."),
    Action("up", "up", "One line up."),
    Action("page.down", "page down", "One page down."),
    Action("page.up", "page up", "One page up."),
    Action("half.down", "half a page down", "Half a page down."),
    Action("half.up", "half a page up", "Half a page up."),
    Action("top", "first", "To the first line."),
    Action("bottom", "last", "To the last line."),
    Action("open", "open", "Read the whole request."),
    Action("pane", "next pane", "To the request and back to the list."),
    Action("back", "back", "Back out, one step. Nothing is lost."),
    Action("request.next", "next request", "The next request, without going back to the list."),
    Action("request.previous", "previous request", "The request before, without going back to the list."),
    Action("panel.queue", "queue", "The requests."),
    Action("panel.guides", "guides", "The guides: written instructions, one step after the other."),
    Action("panel.maintenance", "maintenance", "The checklists: what is due, and what became of it."),
    Action("panel.availability", "availability", "The week of the door, and all that is said about office time."),
    Action("palette", "go to", "Anything by its name: actions, views, people, requests by number or words."),
    Action("recent", "recent", "What you opened or changed last."),
    Action("help", "help", "All keys of this place."),
    Action("redraw", "redraw", "Draw the screen anew."),
    Action("close", "close", "Close this pane; on the list, quit."),
    Action("quit", "quit", "Leave deskmate. The next start is where you left."),
)

BY_ID = {action.id: action for action in ACTIONS}
