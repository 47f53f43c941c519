"""How a request reached the desk."""

from enum import StrEnum


class Channel(StrEnum):
    """The ways in. ``self`` is what the technician found without being asked."""

    DOOR = "door"
    PHONE = "phone"
    MAIL = "mail"
    CHAT = "chat"
    FORM = "form"
    MONITORING = "monitoring"
    SELF = "self"
