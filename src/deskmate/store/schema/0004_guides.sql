-- Guides, what was published of them, and what came of each walk-through.

CREATE TABLE guide (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL CHECK (title <> ''),                  -- that of the draft
  word       TEXT NOT NULL,                                      -- the title in the form it is found by
  slug       TEXT NOT NULL CHECK (slug <> ''),                   -- its name in files and links, for good once it is published
  draft      TEXT NOT NULL,                                      -- domain/guide.py: packed
  archived   INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  checked_at TEXT CHECK (length(checked_at) = 24),               -- when somebody last said it is true
  review_by  TEXT CHECK (length(review_by) = 10),                -- local date of the next look
  made_at    TEXT NOT NULL CHECK (length(made_at) = 24),
  void       INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX guide_slug ON guide (slug) WHERE void = 0;

-- What was published: never edited.
CREATE TABLE guide_revision (
  id       INTEGER PRIMARY KEY,
  guide_id INTEGER NOT NULL REFERENCES guide (id),
  number   INTEGER NOT NULL CHECK (number > 0),
  made_at  TEXT NOT NULL CHECK (length(made_at) = 24),
  reason   TEXT NOT NULL DEFAULT '',
  title    TEXT NOT NULL CHECK (title <> ''),
  content  TEXT NOT NULL,                                        -- domain/guide.py: packed
  digest   TEXT NOT NULL CHECK (length(digest) = 64),            -- SHA-256 of the content
  void     INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX guide_revision_guide ON guide_revision (guide_id, number);

-- One performance of a guide.
CREATE TABLE walk (
  id          INTEGER PRIMARY KEY,
  guide_id    INTEGER NOT NULL REFERENCES guide (id),
  revision_id INTEGER NOT NULL REFERENCES guide_revision (id),
  request_id  INTEGER REFERENCES request (id),
  person_id   INTEGER REFERENCES person (id),
  mode        TEXT NOT NULL CHECK (mode IN ('together', 'for them', 'alone')),
  step        TEXT NOT NULL,                                     -- the key of the step it is at, empty past the last
  since       TEXT CHECK (length(since) = 24),                   -- the time of that step runs since then
  spent       INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),     -- seconds of it before that
  outcome     TEXT CHECK (outcome IN ('solved', 'failed', 'stopped')),  -- none while it goes on
  started_at  TEXT NOT NULL CHECK (length(started_at) = 24),
  ended_at    TEXT CHECK (length(ended_at) = 24),
  note        TEXT NOT NULL DEFAULT '',
  noted       TEXT NOT NULL DEFAULT '',                          -- on that step, until something is said of it
  void        INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version     INTEGER NOT NULL DEFAULT 0,
  CHECK ((outcome IS NULL) = (ended_at IS NULL)),
  CHECK (outcome IS NULL OR since IS NULL)
) STRICT;
CREATE INDEX walk_guide ON walk (guide_id, ended_at);
CREATE INDEX walk_open ON walk (id) WHERE outcome IS NULL AND void = 0;
CREATE INDEX walk_request ON walk (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX walk_person ON walk (person_id) WHERE person_id IS NOT NULL;

-- What came of one step of it. A branch may lead to a step again.
CREATE TABLE walked_step (
  id      INTEGER PRIMARY KEY,
  walk_id INTEGER NOT NULL REFERENCES walk (id),
  step    TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('done', 'together', 'failed', 'skipped')),
  symptom TEXT NOT NULL DEFAULT '',                              -- of the branch that was taken
  seconds INTEGER NOT NULL CHECK (seconds >= 0),                 -- without what interrupted it
  note    TEXT NOT NULL DEFAULT '',
  at      TEXT NOT NULL CHECK (length(at) = 24),
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX walked_step_walk ON walked_step (walk_id);

-- That a guide went out. With a reply: what somebody got is among the kept files, and its steps stand here as text.
CREATE TABLE guide_sent (
  id          INTEGER PRIMARY KEY,
  guide_id    INTEGER NOT NULL REFERENCES guide (id),
  revision_id INTEGER NOT NULL REFERENCES guide_revision (id),
  request_id  INTEGER REFERENCES request (id),
  person_id   INTEGER REFERENCES person (id),
  form        TEXT NOT NULL CHECK (form <> ''),
  experience  TEXT CHECK (experience IN ('beginner', 'everyday', 'expert')),
  at          TEXT NOT NULL CHECK (length(at) = 24),
  message_id  INTEGER REFERENCES message (id),                   -- the reply it went with
  name        TEXT CHECK (name <> ''),                           -- of the file, as they got it
  size        INTEGER CHECK (size > 0),
  digest      TEXT CHECK (length(digest) = 64),                  -- SHA-256 of the file
  said        TEXT NOT NULL DEFAULT '',                          -- the same in plain text
  void        INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version     INTEGER NOT NULL DEFAULT 0,
  CHECK ((message_id IS NULL) = (digest IS NULL)),
  CHECK ((name IS NULL) = (digest IS NULL) AND (size IS NULL) = (digest IS NULL))
) STRICT;
CREATE INDEX guide_sent_guide ON guide_sent (guide_id, at);
CREATE INDEX guide_sent_request ON guide_sent (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX guide_sent_message ON guide_sent (message_id) WHERE message_id IS NOT NULL;

-- Words of the trade, and how to say them; without plain words one needs none.
CREATE TABLE term (
  id      INTEGER PRIMARY KEY,
  term    TEXT NOT NULL CHECK (term <> ''),
  word    TEXT NOT NULL,                                         -- the form it is found by
  plain   TEXT NOT NULL DEFAULT '',
  void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX term_word ON term (word) WHERE void = 0;

-- Originals that were removed for good, and the covered picture that stands for each wherever it is named.
CREATE TABLE purged (
  digest  TEXT PRIMARY KEY CHECK (length(digest) = 64),
  covered TEXT NOT NULL CHECK (length(covered) = 64),
  size    INTEGER NOT NULL CHECK (size > 0),                     -- bytes of the covered one
  at      TEXT NOT NULL CHECK (length(at) = 24)
) STRICT, WITHOUT ROWID;

-- One row for each guide that is not void: its draft, and what is said in it. store/guides.py fills it.
CREATE VIRTUAL TABLE guide_fts USING fts5 (
  title, words, said,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3 4 5 6'
);
