-- Office hours, availability, interruptions, clocks and promises.

-- What the technician says about time in one value each.
CREATE TABLE setting (
  id      TEXT PRIMARY KEY,
  value   TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Office hours in minutes of a local day; an end that is not after its start lies on the next day.
CREATE TABLE weekly (
  id      INTEGER PRIMARY KEY,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),      -- 0 is Monday
  opens   INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
  closes  INTEGER NOT NULL CHECK (closes BETWEEN 1 AND 1440),
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One day that is unlike its weekday: other hours as they are typed, or none.
CREATE TABLE day_hours (
  id      INTEGER PRIMARY KEY,
  day     TEXT NOT NULL CHECK (length(day) = 10),
  hours   TEXT NOT NULL DEFAULT '',
  note    TEXT NOT NULL DEFAULT '',                              -- for everybody to read
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE holiday (
  id      INTEGER PRIMARY KEY,
  day     TEXT NOT NULL CHECK (length(day) = 10),
  name    TEXT NOT NULL CHECK (name <> ''),
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Leave in whole days, the last one included, or from one local time to another.
CREATE TABLE leave (
  id      INTEGER PRIMARY KEY,
  starts  TEXT NOT NULL CHECK (length(starts) IN (10, 16)),
  ends    TEXT NOT NULL CHECK (length(ends) = length(starts) AND ends >= starts),
  note    TEXT NOT NULL DEFAULT '',                              -- for everybody to read
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Open all the same, between two local times.
CREATE TABLE extra (
  id      INTEGER PRIMARY KEY,
  starts  TEXT NOT NULL CHECK (length(starts) = 16),
  ends    TEXT NOT NULL CHECK (length(ends) = 16 AND ends > starts),
  note    TEXT NOT NULL DEFAULT '',
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Time set aside within office hours, once or every so many days until the last.
CREATE TABLE slot (
  id      INTEGER PRIMARY KEY,
  starts  TEXT NOT NULL CHECK (length(starts) = 16),
  ends    TEXT NOT NULL CHECK (length(ends) = 16 AND ends > starts),
  every   INTEGER NOT NULL DEFAULT 0 CHECK (every >= 0),
  last    TEXT CHECK (length(last) = 10),
  state   TEXT NOT NULL CHECK (state IN ('DND', 'AWAY')),
  reason  TEXT NOT NULL DEFAULT '',                              -- for the technician alone
  public  TEXT NOT NULL DEFAULT '',
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The switch: the newest one counts while it lasts.
CREATE TABLE override (
  id      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL CHECK (length(at) = 24),
  state   TEXT NOT NULL CHECK (state IN ('OPEN', 'DND', 'AWAY', 'CLEAR')),
  until   TEXT CHECK (length(until) = 24),
  public  TEXT NOT NULL DEFAULT '',
  private TEXT NOT NULL DEFAULT '',
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX override_newest ON override (void, at);

-- A word to everybody, until its end. The newest one counts; an empty one takes it down.
CREATE TABLE notice (
  id      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL CHECK (length(at) = 24),
  text    TEXT NOT NULL,
  until   TEXT CHECK (length(until) = 24),
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What breaks through do-not-disturb, in order; the first that fits decides.
CREATE TABLE rule (
  id       INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL CHECK (name <> ''),
  kind     TEXT NOT NULL CHECK (kind IN ('priority', 'vip', 'words', 'again')),
  channel  TEXT,                                                 -- this one only
  words    TEXT NOT NULL DEFAULT '',                             -- any of these, parted by commas
  minutes  INTEGER CHECK (minutes > 0),
  passes   INTEGER NOT NULL DEFAULT 1 CHECK (passes IN (0, 1)),
  void     INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version  INTEGER NOT NULL DEFAULT 0,
  CHECK ((kind = 'words') = (words <> '')),
  CHECK ((kind = 'again') = (minutes IS NOT NULL))
) STRICT;

-- How soon, by priority, in minutes of office hours or round the clock. Internal.
CREATE TABLE target (
  id               INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4),
  response_minutes INTEGER NOT NULL CHECK (response_minutes > 0),
  resolve_minutes  INTEGER NOT NULL CHECK (resolve_minutes > 0),
  round_the_clock  INTEGER NOT NULL DEFAULT 0 CHECK (round_the_clock IN (0, 1)),
  version          INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What was told to somebody, with a date.
CREATE TABLE promise (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES request (id),
  who        TEXT NOT NULL DEFAULT '',                           -- whom it was told, when not the requester
  text       TEXT NOT NULL,
  due_at     TEXT NOT NULL CHECK (length(due_at) = 24),
  made_at    TEXT NOT NULL CHECK (length(made_at) = 24),
  moved      INTEGER NOT NULL DEFAULT 0 CHECK (moved >= 0),      -- how often its date was
  state      TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'dropped')),
  ended_at   TEXT CHECK (length(ended_at) = 24),
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version    INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'open') = (ended_at IS NULL))
) STRICT;
CREATE INDEX promise_request ON promise (request_id);
CREATE INDEX promise_open ON promise (due_at) WHERE state = 'open' AND void = 0;
CREATE INDEX promise_ended ON promise (ended_at) WHERE ended_at IS NOT NULL;

-- Asking after a while whether it really works, and what was answered: 1 to 5 and a line.
CREATE TABLE check_back (
  id          INTEGER PRIMARY KEY,
  request_id  INTEGER NOT NULL REFERENCES request (id),
  at          TEXT NOT NULL CHECK (length(at) = 24),
  asked_at    TEXT CHECK (length(asked_at) = 24),
  score       INTEGER CHECK (score BETWEEN 1 AND 5),
  line        TEXT NOT NULL DEFAULT '',
  answered_at TEXT CHECK (length(answered_at) = 24),
  void        INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX check_back_request ON check_back (request_id);

-- Time spent, in pieces that never overlap. The one without an end is running.
CREATE TABLE piece (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER REFERENCES request (id),
  starts     TEXT NOT NULL CHECK (length(starts) = 24),
  ends       TEXT CHECK (length(ends) = 24 AND ends >= starts),
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX piece_request ON piece (request_id, starts);
CREATE INDEX piece_starts ON piece (starts);
CREATE UNIQUE INDEX piece_running ON piece (ends IS NULL) WHERE ends IS NULL AND void = 0;

-- What was left for something else, with the place to go back to.
CREATE TABLE stack_frame (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER REFERENCES request (id),                    -- what was being worked on
  cause_id   INTEGER REFERENCES request (id),                    -- what interrupted it
  ran        INTEGER NOT NULL DEFAULT 0 CHECK (ran IN (0, 1)),   -- whether its clock ran
  place      TEXT NOT NULL,
  left_at    TEXT NOT NULL CHECK (length(left_at) = 24),
  back_at    TEXT CHECK (length(back_at) = 24),
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX stack_frame_left ON stack_frame (id) WHERE back_at IS NULL AND void = 0;

-- What was announced already, so that nothing is announced twice whatever the clock does.
CREATE TABLE fired (
  key TEXT PRIMARY KEY,
  at  TEXT NOT NULL CHECK (length(at) = 24)
) STRICT, WITHOUT ROWID;

-- The request again, with room for the above. Its checks can only be changed by making it anew.
CREATE TABLE request_new (
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
  device_id   INTEGER REFERENCES device (id),
  device      TEXT,                                -- as typed, when no device of that name is known
  needed_by   TEXT CHECK (length(needed_by) = 24),
  -- All that is due is a cache of what events, promises and office hours come to: store/due.py fills it.
  due_at      TEXT CHECK (length(due_at) = 24),    -- the earliest of what binds us
  due_kind    TEXT CHECK (due_kind IN ('n', 'p', 'r', '')),
  soon_at     TEXT CHECK (length(soon_at) = 24),   -- from when on that is soon
  response_due TEXT CHECK (length(response_due) = 24),
  resolve_due  TEXT CHECK (length(resolve_due) = 24),
  promised_at  TEXT CHECK (length(promised_at) = 24),   -- the next open promise
  check_at     TEXT CHECK (length(check_at) = 24),      -- when to ask whether it really works
  close_at     TEXT CHECK (length(close_at) = 24),      -- when what is resolved closes by itself
  quiet_at     TEXT CHECK (length(quiet_at) = 24),      -- when nobody will have told its requester anything for too long
  cause       TEXT,                                -- requests with one cause are a problem
  outcome     TEXT CHECK (outcome IN ('solved', 'workaround', 'advice', 'no fault found', 'no answer')),
  resolution  TEXT,
  drop_reason TEXT CHECK (drop_reason IN
              ('spam', 'duplicate', 'nothing to do', 'against the rules', 'merged')),
  merged_into INTEGER REFERENCES request (id),
  waiting_on    TEXT CHECK (waiting_on IN ('requester', 'vendor', 'someone')),
  waiting_for   TEXT,                              -- who exactly, where that is worth a name
  waiting_since TEXT CHECK (length(waiting_since) = 24),
  wake_at     TEXT CHECK (length(wake_at) = 24),   -- when to chase, or when a parked one wakes
  woken       INTEGER NOT NULL DEFAULT 0 CHECK (woken IN (0, 1)),
  chases      INTEGER NOT NULL DEFAULT 0 CHECK (chases >= 0),
  parked_reason TEXT,
  unread      INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0, 1)),
  held        INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),   -- kept back by do-not-disturb
  held_at     TEXT CHECK (length(held_at) = 24),   -- until somebody has looked at what was held
  created_at  TEXT NOT NULL CHECK (length(created_at) = 24),
  updated_at  TEXT NOT NULL CHECK (length(updated_at) = 24),
  resolved_at TEXT CHECK (length(resolved_at) = 24),
  void        INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version     INTEGER NOT NULL,                    -- journal seq of the last change
  -- Three sort keys that follow from the columns above. Generated columns would do, but SQLite 3.40
  -- never takes an index that uses one as covering; so writers fill them and the checks hold them.
  shelf       TEXT NOT NULL DEFAULT 'now' CHECK (shelf = CASE
                WHEN void THEN 'void'
                WHEN status IN ('resolved', 'closed') THEN 'done'
                WHEN status = 'dropped' THEN 'dropped'
                WHEN held THEN 'held'
                WHEN wake_at IS NULL OR woken THEN 'now'
                WHEN status = 'waiting' THEN 'waiting'
                ELSE 'parked' END),
  rank        INTEGER NOT NULL DEFAULT 1 CHECK (rank = CASE
                WHEN priority IS NULL THEN 1 WHEN priority = 1 THEN 0 ELSE priority END),
  due_key     TEXT NOT NULL DEFAULT '9999' CHECK (due_key = coalesce(due_at, '9999')),
  CHECK ((due_at IS NULL) = (due_kind IS NULL)),
  CHECK (NOT held OR held_at IS NOT NULL),
  CHECK (shelf <> 'done' OR resolved_at IS NOT NULL),
  CHECK ((status = 'waiting') = (waiting_on IS NOT NULL)),
  CHECK ((waiting_on IS NULL) = (waiting_since IS NULL)),
  CHECK (waiting_on IS NULL OR wake_at IS NOT NULL),
  CHECK ((drop_reason IS 'merged') = (merged_into IS NOT NULL))
) STRICT;
INSERT INTO request_new (
  id, title, status, priority, impact, urgency, person_id, requester, channel, category, device_id, device,
  needed_by, due_at, due_kind, cause, outcome, resolution, drop_reason, merged_into, waiting_on, waiting_for,
  waiting_since, wake_at, woken, chases, parked_reason, unread, created_at, updated_at, resolved_at, void,
  version, shelf, rank, due_key
) SELECT
  id, title, status, priority, impact, urgency, person_id, requester, channel, category, device_id, device,
  needed_by, due_at, due_kind, cause, outcome, resolution, drop_reason, merged_into, waiting_on, waiting_for,
  waiting_since, wake_at, woken, chases, parked_reason, unread, created_at, updated_at, resolved_at, void,
  version, shelf, rank, due_key
FROM request;
-- A number is never given twice, also not one that was the highest when its request went.
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'request_new', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'request_new');
UPDATE sqlite_sequence
  SET seq = coalesce((SELECT old.seq FROM sqlite_sequence old WHERE old.name = 'request'), 0)
  WHERE name = 'request_new';
DROP TABLE request;
ALTER TABLE request_new RENAME TO request;
CREATE INDEX request_now ON request (shelf, rank, due_key, id);
CREATE INDEX request_done ON request (shelf, resolved_at, id);
CREATE INDEX request_all ON request (void, id);
CREATE INDEX request_due ON request (shelf, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX request_soon ON request (soon_at, id) WHERE soon_at IS NOT NULL;
CREATE INDEX request_waiting ON request (void, waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX request_asleep ON request (shelf, wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX request_cause ON request (cause COLLATE NOCASE, id) WHERE cause IS NOT NULL;
CREATE INDEX request_caused ON request (id, category, cause) WHERE cause IS NOT NULL;
CREATE INDEX request_merged ON request (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX request_device ON request (device_id, id) WHERE device_id IS NOT NULL;
CREATE INDEX request_person ON request (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX request_held ON request (void, held_at, id) WHERE held_at IS NOT NULL;
CREATE INDEX request_promised ON request (void, promised_at, id) WHERE promised_at IS NOT NULL;
CREATE INDEX request_closing ON request (close_at, id) WHERE close_at IS NOT NULL;
CREATE INDEX request_check ON request (check_at, id) WHERE check_at IS NOT NULL;
CREATE INDEX request_quiet ON request (quiet_at, id) WHERE quiet_at IS NOT NULL;
CREATE INDEX request_begun ON request (shelf, updated_at, id) WHERE status = 'open';

-- The clock of a request: events of kind 'clock' say when it paused, went on and ended.
INSERT INTO event (request_id, at, kind, old, new, seq)
  SELECT id, waiting_since, 'clock', 'running', 'paused', version FROM request
  WHERE waiting_on = 'requester' AND version > 0;

-- What was handed over to somebody of the own network is a note of which a copy leaves: to whom, by which way, how far.
ALTER TABLE note ADD COLUMN person_id INTEGER REFERENCES person (id);
ALTER TABLE note ADD COLUMN via TEXT;
ALTER TABLE note ADD COLUMN address TEXT;
ALTER TABLE note ADD COLUMN state TEXT CHECK (state IN ('sending', 'handed over', 'sent', 'not sent', 'retracted'));
-- What did not leave is looked for with each row of a list.
CREATE INDEX message_unsent ON message (request_id) WHERE state = 'not sent';
CREATE INDEX note_unsent ON note (request_id) WHERE state = 'not sent';

-- To begin with. All of it can be edited.
INSERT INTO setting (id, value) VALUES
  ('zone', ''),                -- an IANA name; none is the zone of this machine
  ('country', ''), ('region', ''),
  ('dnd_minutes', '45'),
  ('urgent', ''),              -- how to reach somebody when it can not wait, for the sign
  ('deputy', '');
INSERT INTO weekly (weekday, opens, closes) VALUES
  (0, 540, 1020), (1, 540, 1020), (2, 540, 1020), (3, 540, 1020), (4, 540, 1020);
INSERT INTO target (id, response_minutes, resolve_minutes) VALUES
  (1, 30, 240), (2, 60, 480), (3, 240, 960), (4, 480, 2400);
INSERT INTO rule (position, name, kind, channel, words, minutes) VALUES
  (1, 'P1', 'priority', NULL, '', NULL),
  (2, 'VIP', 'vip', NULL, '', NULL),
  (3, 'outage', 'words', NULL, 'server down, network down, outage, nobody can, everything is down, ransomware, phishing, Serverausfall, Netzausfall, Ausfall, nichts geht mehr, niemand kann, Notfall', NULL),
  (4, 'again', 'again', NULL, '', 15);
INSERT INTO canned (name, position, text) VALUES
  ('Feedback', 0, 'Hello {first_name},

does "{title}" really work now? A number from 1 (no) to 5 (very well) and one line are enough.

Your number for it is {number}.');
