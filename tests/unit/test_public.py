"""What a requester may see has no place for anything internal."""

from dataclasses import fields

import pytest

from deskmate.domain.public import PublicRequest, public_status
from deskmate.domain.status import Status


@pytest.mark.parametrize("status", list(Status))
def test_public_words(status: Status) -> None:
    done = status in (Status.RESOLVED, Status.CLOSED, Status.DROPPED)
    assert public_status(status) == ("done" if done else "in progress")
    asked = "waiting for your answer" if status is Status.WAITING else public_status(status)
    assert public_status(status, on_requester=True) == asked


def test_the_fields_are_these_and_no_more() -> None:
    names = [field.name for field in fields(PublicRequest)]
    assert names == ["number", "title", "status", "requester", "created_at", "entries"]
