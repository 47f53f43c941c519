"""From a query to SQL. Whatever was typed becomes a bound parameter, never a part of a statement.

Text is looked for in the search table. Where all hits of a query hold some text, the search table can lead and
give them newest first, however many there are; ``Criteria.match`` is then the FTS5 expression. Everything else is
a condition on ``request r``.
"""

from __future__ import annotations

from deskmate.domain.query import LONGEST_TERM, All, Either, Is, Node, Not, Query, Words
from deskmate.domain.views import View
from deskmate.store.read.queue import condition

_FOUND = "r.id IN (SELECT rowid FROM request_fts WHERE request_fts MATCH ?)"
_TAGGED = (
    "EXISTS (SELECT 1 FROM request_tag rt JOIN tag t ON t.id = rt.tag_id WHERE rt.request_id = r.id AND t.word = ?)"
)
# The same by way of the tag: where a view holds everything, what carries a tag is the smaller part of it.
_TAGGED_IN_ALL = "r.id IN (SELECT rt.request_id FROM tag t JOIN request_tag rt ON rt.tag_id = t.id WHERE t.word = ?)"
_DEVICE = "coalesce((SELECT d.name FROM device d WHERE d.id = r.device_id), r.device, '')"
_ROOM = (
    "coalesce((SELECT p.room FROM person p WHERE p.id = r.person_id), '')",
    "coalesce((SELECT d.room FROM device d WHERE d.id = r.device_id), '')",
)
_COMPARED = {
    "prio": "r.priority",
    "id": "r.id",
    "due": "r.due_at",
    "updated": "r.updated_at",
    "created": "r.created_at",
    "status": "r.status",
    "via": "r.channel",
    "outcome": "r.outcome",
}
_TEXTS = {
    "category": ("coalesce(r.category, '')",),
    "device": (_DEVICE,),
    "cause": ("coalesce(r.cause, '')",),
    "on": ("coalesce(r.waiting_on, '')", "coalesce(r.waiting_for, '')"),
    "room": _ROOM,
}
_NOTED = "EXISTS (SELECT 1 FROM note n WHERE n.request_id = r.id AND n.void = 0 AND n.restricted = 0)"
_NONE = {
    "from": "(r.person_id IS NULL AND coalesce(r.requester, '') = '')",
    "title": "r.title = ''",
    "note": f"NOT {_NOTED}",
    "tag": "NOT EXISTS (SELECT 1 FROM request_tag rt WHERE rt.request_id = r.id)",
}
_FLAGS = {
    "open": "r.shelf IN ('now', 'waiting', 'parked')",
    "waiting": "r.status = 'waiting'",
    "parked": "r.shelf = 'parked'",
    "unread": "r.unread = 1",
    "vip": "EXISTS (SELECT 1 FROM person p WHERE p.id = r.person_id AND p.vip = 1)",
    "draft": "EXISTS (SELECT 1 FROM draft d WHERE d.request_id = r.id)",
}
_HAS = {
    "file": "EXISTS (SELECT 1 FROM attachment a WHERE a.request_id = r.id AND a.void = 0)",
    "note": _NOTED,
    "reply": "EXISTS (SELECT 1 FROM message m WHERE m.request_id = r.id AND m.kind = 'reply' AND m.void = 0)",
    "link": "(EXISTS (SELECT 1 FROM link l WHERE l.low = r.id) OR EXISTS (SELECT 1 FROM link l WHERE l.high = r.id))",
}


class Criteria:
    """What a query comes to in a view.

    ``match`` is what the search table has to hold, None when it is not asked first; ``where`` the condition on
    ``request r``, with ``values`` for its marks.
    """

    def __init__(self, view: View, query: Query) -> None:
        self.match, rest = _led(query)
        self.values: list[object] = []
        self._everything = view is View.ALL and self.match is None
        conditions = [condition(view), *map(self._sql, rest)]
        if self._everything and any(isinstance(part, Is) and part.key == "tag" and part.op == "=" for part in rest):
            conditions[0] = condition(view).replace("r.void", "+r.void")  # not by its index: the tag leads
        self.where = " AND ".join(conditions)

    def _sql(self, node: Node) -> str:
        expression = _expression(node)
        if expression is not None:
            self.values.append(expression)
            return _FOUND
        if isinstance(node, Not):
            return f"NOT coalesce({self._sql(node.part)}, 0)"
        if isinstance(node, All):
            return f"({' AND '.join(map(self._sql, node.parts))})"
        if isinstance(node, Either):
            return f"({' OR '.join(map(self._sql, node.parts))})"
        assert isinstance(node, Is)
        return self._comparison(node)

    def _comparison(self, node: Is) -> str:
        if node.op == "none":
            return self._none(node.key)
        if node.key in _FLAGS:
            return _FLAGS[node.key]
        if node.key == "has":
            return _HAS[str(node.value)]
        if node.key == "view":
            assert isinstance(node.value, View)
            return f"({condition(node.value)})"
        if node.key == "tag":
            self.values.append(node.value)
            return _TAGGED_IN_ALL if self._everything else _TAGGED
        if node.key in _COMPARED:
            self.values.append(node.value)
            return f"{_COMPARED[node.key]} {node.op} ?"
        columns = _TEXTS[node.key]
        if node.op == "=":
            self.values += [node.value] * len(columns)
            return f"({' OR '.join(f'{column} = ? COLLATE NOCASE' for column in columns)})"
        self.values += [f"% {_escaped(str(node.value))}%"] * len(columns)
        tests = (f"' ' || {column} LIKE ? ESCAPE char(92)" for column in columns)
        return f"({' OR '.join(tests)})"

    def _none(self, key: str) -> str:
        if key in _NONE:
            return _NONE[key]
        if key in _TEXTS:
            tests = (f"{column} = ''" for column in _TEXTS[key])
            return f"({' AND '.join(tests)})"
        return f"{_COMPARED[key]} IS NULL"


def newest_first(query: Query) -> bool:
    """Whether what the query finds comes newest first; otherwise it keeps the order of the view."""
    return query.number is not None or _led(query)[0] is not None


def _led(query: Query) -> tuple[str | None, list[Node]]:
    """The expression that the search table can lead with, and the parts it leaves."""
    held: list[str] = []
    left_out: list[str] = []
    rest: list[Node] = []
    for part in query.root.parts:
        expression = _expression(part)
        against = _expression(part.part) if isinstance(part, Not) else None
        if expression is not None:
            held.append(expression)
        elif against is not None:
            left_out.append(against)
            rest.append(part)
        else:
            rest.append(part)
    if not held:
        return None, rest
    rest = [part for part in rest if not (isinstance(part, Not) and _expression(part.part) is not None)]
    return " NOT ".join([" AND ".join(held), *left_out]), rest


def _expression(node: Node) -> str | None:
    """The FTS5 expression for a part that is text alone; None for one that is not, or that only leaves out."""
    if isinstance(node, Words):
        return _term(node)
    if isinstance(node, Either):
        parts = [_expression(part) for part in node.parts]
        known = [part for part in parts if part is not None]
        return f"({' OR '.join(known)})" if len(known) == len(parts) else None
    if isinstance(node, All):
        match, rest = _led(Query(node))
        return None if match is None or rest else f"({match})"
    return None


def _term(words: Words) -> str:
    """Text as an FTS5 string, so that no character in it has a meaning; with a star when it may go on."""
    star = "" if words.whole and len(words.text) <= LONGEST_TERM else "*"
    column = f"{words.column} : " if words.column else ""
    return column + '"' + words.text[:LONGEST_TERM].replace('"', '""') + '"' + star


def _escaped(text: str) -> str:
    """The text as LIKE takes it for itself."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text
