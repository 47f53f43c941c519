-- The first schema. Instants are TEXT 'YYYY-MM-DDTHH:MM:SS.mmmZ', booleans 0 or 1, enums their values.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Everybody the desk knows: who asks for help, and the network one can turn to.
CREATE TABLE person (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL CHECK (name <> ''),
  email      TEXT,
  phone      TEXT,
  room       TEXT,
  department TEXT,
  kind       TEXT NOT NULL DEFAULT 'requester'
             CHECK (kind IN ('requester', 'contact', 'mentor', 'vendor', 'supervisor', 'hr')),
  vip        INTEGER NOT NULL DEFAULT 0 CHECK (vip IN (0, 1)),
  experience TEXT CHECK (experience IN ('beginner', 'everyday', 'expert')),
  details    TEXT NOT NULL DEFAULT '',     -- what is worth remembering: prefers a visit to a call
  created_at TEXT NOT NULL CHECK (length(created_at) = 24),
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version    INTEGER NOT NULL DEFAULT 0    -- journal seq of the last change
) STRICT;
CREATE INDEX person_kind ON person (kind, name) WHERE kind <> 'requester';
CREATE INDEX person_room ON person (room, id) WHERE room IS NOT NULL;

-- The words a person can be called by in a capture line: case-folded name, its parts, the address.
CREATE TABLE handle (
  word      TEXT NOT NULL CHECK (word <> ''),
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX handle_person ON handle (person_id);

-- What a request is about. No inventory: a name, whose it is, where it stands, and what is worth knowing.
CREATE TABLE device (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL CHECK (name <> ''),
  word      TEXT NOT NULL,                 -- the name, case-folded
  kind      TEXT,
  person_id INTEGER REFERENCES person (id),
  room      TEXT,
  notes     TEXT NOT NULL DEFAULT '',
  void      INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX device_word ON device (word);
CREATE INDEX device_person ON device (person_id) WHERE person_id IS NOT NULL;

-- What kind of trouble it is, and what one has to ask about that: a line each, "short name: question", the most
-- telling first. The answer to "device" and "by when" is the request's own device and needed-by.
CREATE TABLE category (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL CHECK (name <> ''),
  word      TEXT NOT NULL,                 -- the name, case-folded
  position  INTEGER NOT NULL,
  questions TEXT NOT NULL DEFAULT '',
  void      INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Texts to answer with. Position 1 to 9 is the key; 0 has none.
CREATE TABLE canned (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''),
  position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 9),
  text     TEXT NOT NULL,
  void     INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The technician's own views: a name and a query.
CREATE TABLE saved_view (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''),
  query    TEXT NOT NULL,
  position INTEGER NOT NULL,
  void     INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version  INTEGER NOT NULL DEFAULT 0
) STRICT;

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
  device_id   INTEGER REFERENCES device (id),
  device      TEXT,                                -- as typed, when no device of that name is known
  needed_by   TEXT CHECK (length(needed_by) = 24),
  due_at      TEXT CHECK (length(due_at) = 24),    -- a cache: the earliest of what binds us
  due_kind    TEXT CHECK (due_kind IN ('n', 'p', 'r', '')),
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
                WHEN wake_at IS NULL OR woken THEN 'now'
                WHEN status = 'waiting' THEN 'waiting'
                ELSE 'parked' END),
  rank        INTEGER NOT NULL DEFAULT 1 CHECK (rank = CASE
                WHEN priority IS NULL THEN 1 WHEN priority = 1 THEN 0 ELSE priority END),
  due_key     TEXT NOT NULL DEFAULT '9999' CHECK (due_key = coalesce(due_at, '9999')),
  CHECK ((due_at IS NULL) = (due_kind IS NULL)),
  CHECK (shelf <> 'done' OR resolved_at IS NOT NULL),
  CHECK ((status = 'waiting') = (waiting_on IS NOT NULL)),
  CHECK ((waiting_on IS NULL) = (waiting_since IS NULL)),
  CHECK (waiting_on IS NULL OR wake_at IS NOT NULL),
  CHECK ((drop_reason IS 'merged') = (merged_into IS NOT NULL))
) STRICT;
-- One covering index for each order that a list offers.
CREATE INDEX request_now ON request (shelf, rank, due_key, id);
CREATE INDEX request_done ON request (shelf, resolved_at, id);
CREATE INDEX request_all ON request (void, id);
CREATE INDEX request_due ON request (shelf, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX request_waiting ON request (void, waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX request_asleep ON request (shelf, wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX request_cause ON request (cause COLLATE NOCASE, id) WHERE cause IS NOT NULL;
CREATE INDEX request_caused ON request (id, category, cause) WHERE cause IS NOT NULL;
CREATE INDEX request_merged ON request (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX request_device ON request (device_id, id) WHERE device_id IS NOT NULL;
CREATE INDEX request_person ON request (person_id, id) WHERE person_id IS NOT NULL;

CREATE TABLE request_tag (
  request_id INTEGER NOT NULL REFERENCES request (id),
  tag_id     INTEGER NOT NULL REFERENCES tag (id),
  PRIMARY KEY (request_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_tag_tag ON request_tag (tag_id, request_id);

-- Two requests that have to do with each other, the lower number first.
CREATE TABLE link (
  low  INTEGER NOT NULL REFERENCES request (id),
  high INTEGER NOT NULL REFERENCES request (id),
  PRIMARY KEY (low, high),
  CHECK (low < high)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_high ON link (high);

-- What the requester answered to the questions of the category, by the word of the question.
CREATE TABLE answer (
  request_id INTEGER NOT NULL REFERENCES request (id),
  question   TEXT NOT NULL CHECK (question <> ''),
  text       TEXT NOT NULL CHECK (text <> ''),
  PRIMARY KEY (request_id, question)
) STRICT, WITHOUT ROWID;

-- Files by what is in them: files/<first two of the digest>/<digest>.
CREATE TABLE attachment (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES request (id),
  at         TEXT NOT NULL CHECK (length(at) = 24),
  name       TEXT NOT NULL CHECK (name <> ''),
  size       INTEGER NOT NULL CHECK (size >= 0),
  digest     TEXT NOT NULL CHECK (length(digest) = 64),
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1))
) STRICT;
CREATE INDEX attachment_request ON attachment (request_id);

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
  via        TEXT,                         -- how it came: a channel; how it left: said, mail, chat, …
  state      TEXT CHECK (state IN ('said', 'sending', 'handed over', 'sent', 'not sent', 'retracted')),
  address    TEXT,                         -- where a reply went
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  CHECK ((kind = 'reply') = (state IS NOT NULL))
) STRICT;
CREATE INDEX message_request ON message (request_id, at);

CREATE TABLE note (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES request (id),
  at         TEXT NOT NULL CHECK (length(at) = 24),
  text       TEXT NOT NULL,
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))   -- for the supervisor, not for search
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
  title, said, noted, who, tagged,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3 4 5 6'
);

-- To begin with. All of it can be edited.
INSERT INTO category (name, word, position, questions) VALUES
  ('Access and passwords', 'access and passwords', 1,
   'really them: On which number that we know can I ring you back, to be sure it is you?
who approved: Who approved it?
which account: Which account or system?
exact message: What does the message say exactly?'),
  ('E-mail and calendar', 'e-mail and calendar', 2,
   'device: Which device or program?
exact message: What does the message say exactly?
since when: Since when, and what changed?
who else: Who else has it?
what was tried: What was tried already?'),
  ('Printing and scanning', 'printing and scanning', 3,
   'device: Which printer?
exact message: What does its display say exactly?
since when: Since when, and what changed?
others too: Can others print on it?
what was tried: What was tried already?'),
  ('Network and Wi-Fi', 'network and wi-fi', 4,
   'device: Which device, and on cable or Wi-Fi?
where: Where exactly?
since when: Since when, and what changed?
who else: Who else has it?
what was tried: What was tried already?'),
  ('Remote access and VPN', 'remote access and vpn', 5,
   'device: Which device?
where: From where, and on which network?
exact message: What does the message say exactly?
since when: Since when, and what changed?
what was tried: What was tried already?'),
  ('Programs', 'programs', 6,
   'which program: Which program and version?
exact message: What does the message say exactly?
just before: What was done just before?
since when: Since when, and what changed?
what was tried: What was tried already?'),
  ('Computer or laptop', 'computer or laptop', 7,
   'device: Which device?
what is seen: What is seen or heard?
since when: Since when, and what changed?
what was tried: What was tried already?'),
  ('Phone and mobile', 'phone and mobile', 8,
   'device: Which phone and number?
exact message: What does it say exactly?
since when: Since when, and what changed?
what was tried: What was tried already?'),
  ('Files and backup', 'files and backup', 9,
   'which file: Which file or folder, where?
last right: When was it last right?
who else: Who else works with it?
what was tried: What was tried already?'),
  ('Something new', 'something new', 10,
   'what for: What is it for?
by when: By when?
who approved: Who approved it?
who uses it: Who will use it?');

INSERT INTO canned (name, position, text) VALUES
  ('On it', 1, 'Hello {first_name},

I have your request "{title}" and am working on it now. I will let you know as soon as there is news.

Your number for it is {number}.'),
  ('Ask', 2, 'Hello {first_name},

thank you for telling me about "{title}". To help you quickly I need to know:

{questions}

A short answer to this message is enough. Your number for it is {number}.'),
  ('Check', 3, 'Hello {first_name},

I believe "{title}" works again. Could you please try it and tell me if it does not?

Your number for it is {number}.'),
  ('Visit', 4, 'Hello {first_name},

I would like to look at "{title}" together with you. When would suit you?

Your number for it is {number}.'),
  ('Part', 5, 'Hello {first_name},

"{title}" is not forgotten. I am waiting for a part and will write to you as soon as it is here.

Your number for it is {number}.'),
  ('Remind', 6, 'Hello {first_name},

I still need an answer from you to go on with "{title}". Could you have a look at my last message?

Your number for it is {number}.'),
  ('Remind 2', 7, 'Hello {first_name},

I have not heard from you about "{title}". If it works again, there is nothing to do. If it does not, please answer this message and I will go on with it.

Your number for it is {number}.'),
  ('Known', 8, 'Hello {first_name},

several of us have this right now and I am working on it. You do not need to do anything; I will write to you when it works again.

Your number for it is {number}.');
