"""Quiet hints for what a user will read: long sentences, jargon, and words of the inside. They never block."""

from __future__ import annotations

import re

LONG_SENTENCE = 25
"""Words from which a sentence is said to be long."""
HINTS_MOST = 3
"""More than this at once is noise."""

INSIDE = {
    "ticket": "request",
    "tickets": "requests",
    "tier": "",
    "sla": "",
    "slas": "",
    "vendor": "the maker",
    "vendors": "the makers",
    "escalate": "ask somebody who knows more",
    "escalated": "asked somebody who knows more",
    "escalation": "",
    "end user": "you",
    "end users": "people",
    "assignee": "",
    "triage": "",
    "backlog": "",
    "queue": "",
    "workaround": "a way around it",
    "eskalieren": "jemanden fragen, der mehr weiß",
    "eskaliert": "jemand anderes hilft",
    "anwender": "Sie",
    "warteschlange": "",
    "dienstleister": "die Firma",
}
"""Words of the inside, case-folded, and what to say instead where there is something better."""

JARGON = {
    "reboot": "restart",
    "cache": "stored copies",
    "dns": "",
    "dhcp": "",
    "ldap": "",
    "ip address": "",
    "mac address": "",
    "firmware": "the device's own program",
    "deploy": "install",
    "deployed": "installed",
    "provision": "set up",
    "provisioned": "set up",
    "reimage": "set up anew",
    "whitelist": "allow",
    "credentials": "user name and password",
    "authenticate": "sign in",
    "authentication": "signing in",
    "peripheral": "",
    "group policy": "",
    "active directory": "",
    "mfa": "the second step when signing in",
    "hypervisor": "",
    "rebooten": "neu starten",
    "gpo": "",
    "zugangsdaten": "Name und Passwort",
}
"""Words of the trade, the same way."""

_WORDS = {**JARGON, **INSIDE}
_FOUND = re.compile(
    r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")(?![\w-])", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[\"”»)]*\s+|\n\s*\n|\n\s*[-*•]\s+")


def hints(text: str) -> list[str]:
    """What could be said more plainly, in order of the text, each once: words first, then long sentences."""
    found = dict.fromkeys(" ".join(match[0].casefold().split()) for match in _FOUND.finditer(" ".join(text.split())))
    said = [f"“{word}”" + (f": {_WORDS[word]}" if _WORDS[word] else " is a word of ours") for word in found]
    longest = max((len(sentence.split()) for sentence in _SENTENCE_ENDS.split(text)), default=0)
    if longest >= LONG_SENTENCE:
        said.append(f"a sentence of {longest} words")
    return said


def hint(text: str) -> str:
    """The same in one quiet line; empty when there is nothing to say."""
    found = hints(text)
    more = f" · {len(found) - HINTS_MOST} more" if len(found) > HINTS_MOST else ""
    return f"plainer? {' · '.join(found[:HINTS_MOST])}{more}" if found else ""
