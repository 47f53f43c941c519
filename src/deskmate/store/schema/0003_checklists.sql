-- Checklists, when they are due, and what came of each performance.

CREATE TABLE checklist (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL CHECK (name <> ''),
  word    TEXT NOT NULL,                                         -- the name in the form it is found by
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What is on it, as it was at a time: never edited, the newest one counts, a run keeps its own.
CREATE TABLE revision (
  id           INTEGER PRIMARY KEY,
  checklist_id INTEGER NOT NULL REFERENCES checklist (id),
  number       INTEGER NOT NULL CHECK (number > 0),
  made_at      TEXT NOT NULL CHECK (length(made_at) = 24),
  mode         TEXT NOT NULL CHECK (mode IN ('in order', 'any order')),
  about        TEXT NOT NULL DEFAULT '',
  pause_point  TEXT NOT NULL DEFAULT '',                         -- when one stops and takes it out
  minutes      INTEGER CHECK (minutes > 0),
  dnd          INTEGER NOT NULL DEFAULT 0 CHECK (dnd IN (0, 1)), -- asks for do-not-disturb while it runs
  items        TEXT NOT NULL,                                    -- domain/checklist.py: packed
  void         INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX revision_checklist ON revision (checklist_id, number);

-- When a checklist is due. Saying something else ends the rule before and begins another: what is past stays.
CREATE TABLE schedule (
  id           INTEGER PRIMARY KEY,
  checklist_id INTEGER NOT NULL REFERENCES checklist (id),
  said         TEXT NOT NULL,                                    -- as it was typed or chosen
  kind         TEXT NOT NULL CHECK (kind IN ('anchored', 'after')),
  rule         TEXT NOT NULL CHECK (rule <> ''),                 -- an RRULE, or days, weeks, months, years after it was done
  starts       TEXT NOT NULL CHECK (length(starts) = 16),        -- local; the first time a rule may name
  since        TEXT NOT NULL CHECK (length(since) = 16),         -- local; from then on it counts
  ends         TEXT CHECK (length(ends) = 16),                   -- local; from then on it does not any more
  timed        INTEGER NOT NULL DEFAULT 0 CHECK (timed IN (0, 1)), -- else due at the opening of its day
  zone         TEXT NOT NULL DEFAULT '',                         -- none is that of the hours
  lead         INTEGER NOT NULL DEFAULT 0 CHECK (lead >= 0),     -- minutes before it is due in which it counts
  grace        INTEGER NOT NULL CHECK (grace >= 0),              -- minutes after it is due until it is late
  roll         TEXT NOT NULL CHECK (roll IN ('none', 'next', 'previous', 'skip')),
  catch_up     TEXT NOT NULL CHECK (catch_up IN ('one', 'all', 'skip')),
  void         INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX schedule_checklist ON schedule (checklist_id);

-- Days on which a checklist, or every one, is not wanted; the last one included, or without end.
CREATE TABLE pause (
  id           INTEGER PRIMARY KEY,
  checklist_id INTEGER REFERENCES checklist (id),
  first        TEXT NOT NULL CHECK (length(first) = 10),
  last         TEXT CHECK (length(last) = 10),
  note         TEXT NOT NULL DEFAULT '',
  void         INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version      INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One performance, or the word that there is none. A nominal local time says which occurrence it is of.
CREATE TABLE run (
  id           INTEGER PRIMARY KEY,
  checklist_id INTEGER NOT NULL REFERENCES checklist (id),
  revision_id  INTEGER NOT NULL REFERENCES revision (id),
  nominal      TEXT CHECK (length(nominal) = 16),
  request_id   INTEGER REFERENCES request (id),                  -- what it is run for
  state        TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'skipped')),
  started_at   TEXT NOT NULL CHECK (length(started_at) = 24),
  ended_at     TEXT CHECK (length(ended_at) = 24),               -- when it was written down as ended
  counted_at   TEXT CHECK (length(counted_at) = 24),             -- when it was really done
  note         TEXT NOT NULL DEFAULT '',                         -- a last word, or why it was skipped
  signed       TEXT NOT NULL DEFAULT '',                         -- who signed it off
  void         INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version      INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'open') = (ended_at IS NULL)),
  CHECK ((ended_at IS NULL) = (counted_at IS NULL)),
  CHECK (nominal IS NULL OR request_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX run_once ON run (checklist_id, nominal) WHERE nominal IS NOT NULL AND void = 0;
CREATE INDEX run_ended ON run (checklist_id, ended_at);
CREATE INDEX run_open ON run (id) WHERE state = 'open' AND void = 0;
CREATE INDEX run_request ON run (request_id) WHERE request_id IS NOT NULL;

-- What came of one item of a run.
CREATE TABLE result (
  id         INTEGER PRIMARY KEY,
  run_id     INTEGER NOT NULL REFERENCES run (id),
  item       INTEGER NOT NULL,
  verdict    TEXT CHECK (verdict IN ('done', 'not applicable', 'failed')),  -- none: only a note so far
  value      TEXT NOT NULL DEFAULT '',                           -- a number, or what was chosen
  note       TEXT NOT NULL DEFAULT '',                           -- and why it is not applicable
  at         TEXT NOT NULL CHECK (length(at) = 24),
  finding_id INTEGER REFERENCES request (id),                    -- the request it led to
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX result_once ON result (run_id, item) WHERE void = 0;
CREATE INDEX result_finding ON result (finding_id) WHERE finding_id IS NOT NULL;

-- A file that shows it, kept as attachments are.
CREATE TABLE evidence (
  id      INTEGER PRIMARY KEY,
  run_id  INTEGER NOT NULL REFERENCES run (id),
  item    INTEGER NOT NULL,
  at      TEXT NOT NULL CHECK (length(at) = 24),
  name    TEXT NOT NULL CHECK (name <> ''),
  size    INTEGER NOT NULL CHECK (size >= 0),
  digest  TEXT NOT NULL CHECK (length(digest) = 64),
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX evidence_run ON evidence (run_id, item);

-- A word on occurrences that were missed one after the other.
CREATE TABLE absence (
  id           INTEGER PRIMARY KEY,
  checklist_id INTEGER NOT NULL REFERENCES checklist (id),
  first        TEXT NOT NULL CHECK (length(first) = 16),         -- nominal
  last         TEXT NOT NULL CHECK (length(last) = 16 AND last >= first),
  note         TEXT NOT NULL,
  void         INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX absence_checklist ON absence (checklist_id, first);

-- Where each scheduled checklist stands: a cache of what rule, log and office hours come to. store/agenda.py fills it.
CREATE TABLE standing (
  checklist_id INTEGER PRIMARY KEY REFERENCES checklist (id),
  nominal      TEXT NOT NULL CHECK (length(nominal) = 16),       -- the one that is open, else the next
  begins_at    TEXT NOT NULL CHECK (length(begins_at) = 24),     -- from when on doing it counts
  due_at       TEXT NOT NULL CHECK (length(due_at) = 24),
  late_at      TEXT NOT NULL CHECK (length(late_at) = 24),
  waiting      INTEGER NOT NULL CHECK (waiting >= 0),            -- how many are open at once
  missed       INTEGER NOT NULL CHECK (missed >= 0),             -- since it was last done
  stale_at     TEXT CHECK (length(stale_at) = 24)                -- when this has to be counted again
) STRICT;
CREATE INDEX standing_due ON standing (due_at);
CREATE INDEX standing_stale ON standing (stale_at) WHERE stale_at IS NOT NULL;

-- The day of the next open item of a run for a request.
ALTER TABLE request ADD COLUMN step_at TEXT CHECK (length(step_at) = 24);
CREATE INDEX request_step ON request (step_at, id) WHERE step_at IS NOT NULL;

-- Each target of a request says by itself when it is soon and when it has passed.
ALTER TABLE request ADD COLUMN response_soon TEXT CHECK (length(response_soon) = 24);   -- four fifths of its time
ALTER TABLE request ADD COLUMN resolve_soon  TEXT CHECK (length(resolve_soon) = 24);
DROP INDEX request_soon;
CREATE INDEX request_response ON request (response_due) WHERE response_due IS NOT NULL;
CREATE INDEX request_response_soon ON request (response_soon) WHERE response_soon IS NOT NULL;
CREATE INDEX request_resolve ON request (resolve_due) WHERE resolve_due IS NOT NULL;
CREATE INDEX request_resolve_soon ON request (resolve_soon) WHERE resolve_soon IS NOT NULL;
CREATE INDEX request_needed ON request (needed_by) WHERE needed_by IS NOT NULL;
