"""From a command to the use case that carries it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskmate.domain import commands
from deskmate.domain.commands import Command, Outcome
from deskmate.domain.maintenance import (
    AddEvidence,
    DropChecklist,
    DropRun,
    ExplainAbsence,
    FinishRun,
    ImportChecklists,
    MarkItem,
    PauseChecklist,
    ReportFinding,
    SaveChecklist,
    SetSchedule,
    SkipRun,
    StartRun,
    SwitchRevision,
    TakeStarters,
    TakeUp,
)
from deskmate.domain.promising import DropPromise, Feedback, KeepPromise, MakePromise, MovePromise
from deskmate.domain.targets import SetTargets
from deskmate.services import (
    attaching,
    availability,
    canned,
    categories,
    checklists,
    devices,
    editing,
    escalating,
    focus,
    history,
    hours,
    notices,
    people,
    promising,
    relating,
    replies,
    requests,
    rules,
    runs,
    schedules,
    views,
    waiting,
)
from deskmate.services.workspace import Workspace

UseCase = Callable[[Workspace, Any, str], Outcome]

_USE_CASES: dict[type[Command], UseCase] = {
    commands.Attach: attaching.attach,
    commands.SetAvailability: availability.set_availability,
    commands.SaveRule: rules.save,
    commands.RemoveRule: rules.remove,
    commands.Undo: history.undo,
    commands.Redo: history.redo,
    commands.SetCause: relating.set_cause,
    commands.Link: relating.link,
    commands.Merge: relating.merge,
    commands.Unmerge: relating.unmerge,
    commands.EditRequest: editing.edit,
    commands.EditCategory: categories.edit,
    commands.RemoveCategory: categories.remove,
    commands.SaveView: views.save,
    commands.DropView: views.drop,
    commands.AddPerson: people.add,
    commands.EditPerson: people.edit,
    commands.DropPerson: people.drop,
    commands.MergePeople: people.merge,
    commands.AddDevice: devices.add,
    commands.EditDevice: devices.edit,
    commands.DropDevice: devices.drop,
    commands.SendReply: replies.send,
    commands.Say: replies.say,
    commands.ConfirmSent: replies.confirm,
    commands.TryAgain: replies.try_again,
    commands.Delivered: replies.delivered,
    commands.SaveCanned: canned.save,
    commands.RemoveCanned: canned.remove,
    MakePromise: promising.make,
    KeepPromise: promising.keep,
    MovePromise: promising.move,
    DropPromise: promising.drop,
    commands.Resolve: promising.resolve,
    Feedback: promising.feedback,
    commands.Wait: waiting.wait,
    commands.Park: waiting.park,
    commands.Wake: waiting.wake,
    commands.SayHours: hours.say,
    commands.FillHolidays: hours.fill_holidays,
    commands.MoveOutOfLeave: hours.move_out,
    SetTargets: hours.set_targets,
    commands.TakeNow: focus.take_now,
    commands.Focus: focus.start,
    commands.StopClock: focus.stop,
    commands.BackTo: focus.back_to,
    commands.Began: focus.began,
    commands.CutIdle: focus.cut_idle,
    commands.SetNotice: notices.set_notice,
    commands.SetSignWords: notices.set_words,
    commands.Escalate: escalating.escalate,
    commands.AddRestricted: escalating.add_restricted,
    SaveChecklist: checklists.save,
    DropChecklist: checklists.drop,
    ImportChecklists: checklists.take_in,
    TakeStarters: checklists.take_starters,
    SetSchedule: schedules.set_schedule,
    PauseChecklist: schedules.pause,
    TakeUp: schedules.take_up,
    ExplainAbsence: schedules.explain,
    StartRun: runs.start,
    MarkItem: runs.mark,
    AddEvidence: runs.add_evidence,
    ReportFinding: runs.report,
    FinishRun: runs.finish,
    SkipRun: runs.skip,
    DropRun: runs.drop,
    SwitchRevision: runs.switch_revision,
}


def execute(workspace: Workspace, command: Command, draft: str = "") -> Outcome:
    """Carry out ``command``, whose text was kept under ``draft``. Raises DeskmateError when it is refused."""
    return _USE_CASES.get(type(command), requests.execute)(workspace, command, draft)
