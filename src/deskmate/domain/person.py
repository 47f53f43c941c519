"""The people a desk knows: those who ask, and those one can turn to."""

from __future__ import annotations

from enum import StrEnum


class PersonKind(StrEnum):
    """What somebody is to the desk. All but requesters belong to the technician's own network."""

    REQUESTER = "requester"
    CONTACT = "contact"
    MENTOR = "mentor"
    VENDOR = "vendor"
    SUPERVISOR = "supervisor"
    HR = "hr"


class Experience(StrEnum):
    """How much at home somebody is with computers: how to explain things to them."""

    BEGINNER = "beginner"
    EVERYDAY = "everyday"
    EXPERT = "expert"
