-- The first schema. Instants are TEXT 'YYYY-MM-DDTHH:MM:SS.mmmZ', booleans 0 or 1, enums their values.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL CHECK (name <> ''),
  email      TEXT,
  created_at TEXT NOT NULL CHECK (length(created_at) = 24)
) STRICT;

-- The words a person can be called by in a capture line: case-folded name, its parts, the address.
CREATE TABLE handle (
  word      TEXT NOT NULL CHECK (word <> ''),
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX handle_person ON handle (person_id);

CREATE TABLE tag (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL CHECK (name <> ''),
  word  TEXT NOT NULL UNIQUE,              -- the name, case-folded
  known INTEGER NOT NULL DEFAULT 1 CHECK (known IN (0, 1))
) STRICT;

CREATE TABLE request (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- D-<id>, never reused
  title       TEXT NOT NULL DEFAULT '',
  status      TEXT NOT NULL DEFAULT 'new'
              CHECK (status IN ('new', 'open', 'waiting', 'resolved', 'closed', 'dropped')),
  priority    INTEGER CHECK (priority BETWEEN 1 AND 4),
  impact      TEXT CHECK (impact IN ('one', 'several', 'everyone')),
  urgency     TEXT CHECK (urgency IN ('can wait', 'slowed', 'stuck')),
  person_id   INTEGER REFERENCES person (id),
  requester   TEXT,                                -- as typed, when nobody of that name is known
  channel     TEXT CHECK (channel IN ('door', 'phone', 'mail', 'chat', 'form', 'monitoring', 'self')),
  category    TEXT,
  device      TEXT,
  needed_by   TEXT CHECK (length(needed_by) = 24),
  due_at      TEXT CHECK (length(due_at) = 24),    -- a cache: the earliest of what binds us
  due_kind    TEXT CHECK (due_kind IN ('n', 'p', 'r', '')),
  cause       TEXT,
  resolution  TEXT,
  drop_reason TEXT CHECK (drop_reason IN ('spam', 'duplicate', 'nothing to do', 'against the rules')),
  created_at  TEXT NOT NULL CHECK (length(created_at) = 24),
  updated_at  TEXT NOT NULL CHECK (length(updated_at) = 24),
  resolved_at TEXT CHECK (length(resolved_at) = 24),
  void        INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version     INTEGER NOT NULL,                    -- journal seq of the last change
  -- Three sort keys that follow from the columns above. Generated columns would do, but SQLite 3.40
  -- never takes an index that uses one as covering; so writers fill them and the checks hold them.
  shelf       TEXT NOT NULL DEFAULT 'now' CHECK (shelf = CASE
                WHEN void THEN 'void'
                WHEN status IN ('new', 'open') THEN 'now'
                WHEN status IN ('resolved', 'closed') THEN 'done'
                ELSE status END),
  rank        INTEGER NOT NULL DEFAULT 1 CHECK (rank = CASE
                WHEN priority IS NULL THEN 1 WHEN priority = 1 THEN 0 ELSE priority END),
  due_key     TEXT NOT NULL DEFAULT '9999' CHECK (due_key = coalesce(due_at, '9999')),
  CHECK ((due_at IS NULL) = (due_kind IS NULL)),
  CHECK (shelf <> 'done' OR resolved_at IS NOT NULL)
) STRICT;
-- One covering index for each order that a list offers.
CREATE INDEX request_now ON request (shelf, rank, due_key, id);
CREATE INDEX request_done ON request (shelf, resolved_at, id);
CREATE INDEX request_all ON request (void, id);
CREATE INDEX request_due ON request (shelf, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX request_person ON request (person_id, id) WHERE person_id IS NOT NULL;

CREATE TABLE request_tag (
  request_id INTEGER NOT NULL REFERENCES request (id),
  tag_id     INTEGER NOT NULL REFERENCES tag (id),
  PRIMARY KEY (request_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_tag_tag ON request_tag (tag_id, request_id);

-- What came in, untouched: the first thing a request has, and perhaps not the last.
CREATE TABLE intake (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES request (id),
  at         TEXT NOT NULL CHECK (length(at) = 24),
  form       TEXT NOT NULL CHECK (form IN ('line', 'row', 'mail', 'form')),
  packed     INTEGER NOT NULL DEFAULT 0 CHECK (packed IN (0, 1)),   -- 1: zlib
  raw        BLOB NOT NULL
) STRICT;
CREATE INDEX intake_request ON intake (request_id);

-- Public words and internal words live in two tables, so that no query for the one can find the other.
CREATE TABLE message (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES request (id),
  kind       TEXT NOT NULL CHECK (kind IN ('received', 'reply')),
  at         TEXT NOT NULL CHECK (length(at) = 24),
  text       TEXT NOT NULL,
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1))
) STRICT;
CREATE INDEX message_request ON message (request_id, at);

CREATE TABLE note (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES request (id),
  at         TEXT NOT NULL CHECK (length(at) = 24),
  text       TEXT NOT NULL,
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1))
) STRICT;
CREATE INDEX note_request ON note (request_id, at);

CREATE TABLE journal (
  seq            INTEGER PRIMARY KEY,
  recorded_at    TEXT NOT NULL CHECK (length(recorded_at) = 24),
  actor          TEXT NOT NULL,
  command        TEXT NOT NULL,
  undone_by      INTEGER REFERENCES journal (seq),
  payload_digest TEXT NOT NULL,
  digest         TEXT NOT NULL
) STRICT;

CREATE INDEX journal_undone ON journal (undone_by) WHERE undone_by IS NOT NULL;

CREATE TABLE journal_payload (
  seq  INTEGER PRIMARY KEY REFERENCES journal (seq),
  salt BLOB NOT NULL,
  body BLOB NOT NULL              -- JSON; zlib when it does not begin with '{'
) STRICT;

CREATE TABLE event (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES request (id),
  at         TEXT NOT NULL CHECK (length(at) = 24),
  kind       TEXT NOT NULL,
  old        TEXT,
  new        TEXT,
  seq        INTEGER NOT NULL REFERENCES journal (seq)
) STRICT;
CREATE INDEX event_request ON event (request_id, at, seq);
CREATE INDEX event_seq ON event (seq, request_id);

CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN
  SELECT raise(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER journal_fixed
BEFORE UPDATE OF seq, recorded_at, actor, command, payload_digest, digest ON journal BEGIN
  SELECT raise(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN
  SELECT raise(ABORT, 'events are append-only');
END;
CREATE TRIGGER event_fixed BEFORE UPDATE ON event BEGIN
  SELECT raise(ABORT, 'events are append-only');
END;

-- Where an imported request came from, so that the same import again finds it.
CREATE TABLE origin (
  source     TEXT NOT NULL,
  key        TEXT NOT NULL,
  request_id INTEGER NOT NULL REFERENCES request (id),
  digest     TEXT NOT NULL,        -- of what was imported
  version    INTEGER NOT NULL,     -- of the request after it; differs once somebody edited it
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX origin_request ON origin (request_id);

-- Text on its way, and where the screen was. Neither is an event.
CREATE TABLE draft (
  key        TEXT PRIMARY KEY,
  text       TEXT NOT NULL,
  cursor     INTEGER NOT NULL,
  request_id INTEGER REFERENCES request (id),
  updated_at TEXT NOT NULL CHECK (length(updated_at) = 24)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_request ON draft (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE place (
  key        TEXT PRIMARY KEY,
  value      TEXT NOT NULL,
  updated_at TEXT NOT NULL CHECK (length(updated_at) = 24)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE request_fts USING fts5 (
  title, said, noted, who,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3 4 5 6'
);
