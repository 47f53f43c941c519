"""Adding, changing and dropping devices, each as one undo step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deskmate.domain.commands import AddDevice, DropDevice, EditDevice, Outcome
from deskmate.domain.device import Device, changed
from deskmate.domain.request import Change, Request
from deskmate.domain.values import WrongValues
from deskmate.errors import DeskmateError
from deskmate.services import dropping
from deskmate.services.workspace import Workspace
from deskmate.store.read import people
from deskmate.store.write.tables import DeviceRow
from deskmate.store.write.unit_of_work import UnitOfWork


def add(workspace: Workspace, command: AddDevice, draft: str = "") -> Outcome:
    """Add a device; the requests that say so are about it. Raises WrongValues for what can not be taken."""
    device = changed(Device(), command.said)
    with workspace.unit_of_work(command.name) as work:
        device = _owned(work, device)
        _only_once(work, device)
        row = work.add(DeviceRow(**_columns(device)))
        work.flush()
        device = replace(device, key=row.id or 0)
        for found in work.requests(command.requests):
            work.change(about(found, device))
        work.drop_draft(draft)
        label = f"added {device.name}"
        seq = work.finish(label)
    return Outcome(seq, label, command.requests, made=device.key)


def edit(workspace: Workspace, command: EditDevice, draft: str = "") -> Outcome:
    """Change what is known of a device. Raises WrongValues, and DeskmateError when nothing would change."""
    with workspace.unit_of_work(command.name) as work:
        before, row = _get(work, command.device)
        after = changed(before, command.said)
        if "owner" in command.said:
            after = _owned(work, after)
        if after.name.casefold() != before.name.casefold():
            _only_once(work, after)
        if not work.edit(row, **_columns(after)):
            raise DeskmateError(f"{before.name} is like that already.")
        work.drop_draft(draft)
        label = f"changed {after.name}"
        return Outcome(work.finish(label), label, ())


def drop(workspace: Workspace, command: DropDevice, draft: str = "") -> Outcome:
    """Take a device off the list."""
    return dropping.take_off(workspace, command, draft, lambda work: _get(work, command.device)[1], "dropped {}")


def about(found: Request, device: Device) -> Change:
    """The change that makes a request one about this device."""
    return Change(found, replace(found, device_id=device.key, device=None), "device", found.device, device.name)


def _get(work: UnitOfWork, key: int) -> tuple[Device, DeviceRow]:
    device, row = people.device(work.conn, key), work.get(DeviceRow, key)
    if device is None or row is None:
        raise DeskmateError("This device is not on the list any more.", "deskmate device list shows what is.")
    return device, row


def _columns(device: Device) -> dict[str, Any]:
    return {
        "name": device.name,
        "word": device.name.casefold(),
        "kind": device.kind or None,
        "person_id": device.person,
        "room": device.room or None,
        "notes": device.notes,
    }


def _owned(work: UnitOfWork, device: Device) -> Device:
    """The device with the person that its owner's name means. Raises WrongValues for nobody and for several."""
    if not device.owner:
        return replace(device, person=None)
    found = people.named(work.conn, device.owner)
    if len(found) != 1:
        why = "nobody goes by that name" if not found else "several people go by that name; say the address"
        raise WrongValues({"owner": f"{device.owner}: {why}"})
    return replace(device, person=found[0].key, owner=found[0].name)


def _only_once(work: UnitOfWork, device: Device) -> None:
    same = people.devices_named(work.conn, device.name)
    if any(each.key != device.key for each in same):
        raise WrongValues({"name": f"{same[0].name} is on the list already"})
