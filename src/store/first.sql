-- The register of administrative discretion baselines: the one readable description of its data.
--
-- Days are ISO dates of UTC+8. Texts are UTF-8. Money stands inside baselines as exact decimals, never as
-- floating point. Identifiers are integers given by the program in ascending order: they keep the file small
-- and the bulk load fast; what identifies an item across registers is agency + code (or source + violation).
-- The SQL keeps to what both SQLite and PostgreSQL take, except the full-text table at the end.

-- The register itself: one row.
CREATE TABLE register (
  id           BIGINT PRIMARY KEY CHECK (id = 1),
  uid          TEXT NOT NULL,             -- names this register in exports and backups
  city         TEXT NOT NULL,             -- name of the city government
  plan_year    BIGINT NOT NULL,           -- year of the plan in hand
  opened_on    TEXT NOT NULL,             -- first day of the record; earlier days are reconstructed, and said so
  rehearsal    BIGINT NOT NULL            -- 1 in a made-up or rehearsal register: the day may be set by hand
);

-- Settings that differ from the built-in ones, each with its source or reason.
CREATE TABLE setting (
  key          TEXT PRIMARY KEY,
  value        TEXT NOT NULL,
  reason       TEXT NOT NULL
);

-- The tree of governments, zones, bureaus and agencies.
CREATE TABLE agency (
  id            INTEGER PRIMARY KEY,
  code          TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL UNIQUE,
  short         TEXT NOT NULL,
  form          TEXT NOT NULL,            -- government, zone, bureau, agency
  level         TEXT NOT NULL,            -- province, city, county
  parent_id     BIGINT REFERENCES agency (id),
  is_government BIGINT NOT NULL,          -- a zone counts as a county where this is 1
  vertical      BIGINT NOT NULL           -- a central body: no duties
);

-- Laws, regulations and rules.
CREATE TABLE source (
  id           INTEGER PRIMARY KEY,
  title        TEXT NOT NULL UNIQUE,      -- without 《》
  rank         TEXT,                      -- NULL where only the title is known
  issuer       TEXT NOT NULL,
  number       TEXT NOT NULL,
  promulgated  TEXT,
  effective    TEXT,
  amended      TEXT,
  status       TEXT NOT NULL              -- in_force, amended, repealed
);

-- The texts of a source, one a version; earlier ones are kept.
CREATE TABLE source_version (
  source_id    BIGINT NOT NULL REFERENCES source (id),
  no           BIGINT NOT NULL,
  label        TEXT NOT NULL,             -- 2019年修正
  effective    TEXT,
  PRIMARY KEY (source_id, no)
) WITHOUT ROWID;

-- The articles of one version of a source.
CREATE TABLE article (
  source_id    BIGINT NOT NULL,
  version_no   BIGINT NOT NULL,
  number       BIGINT NOT NULL,
  suffix       BIGINT NOT NULL,           -- 第二十条之一 has 1
  text         TEXT NOT NULL,
  no_item_reason TEXT NOT NULL,           -- why no item rests on it
  PRIMARY KEY (source_id, version_no, number, suffix),
  FOREIGN KEY (source_id, version_no) REFERENCES source_version (source_id, no)
) WITHOUT ROWID;

-- Publication batches.
CREATE TABLE batch (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL UNIQUE,
  created_on   TEXT NOT NULL,
  published_on TEXT,
  number       TEXT NOT NULL              -- number of the publication, empty until then
);

-- Enforcement items. Columns after listed_on are derived from versions and duties and kept in step by the program.
CREATE TABLE item (
  id           INTEGER PRIMARY KEY,
  agency_id    BIGINT NOT NULL REFERENCES agency (id),
  identity     TEXT NOT NULL,             -- the code, else source and violation; unique in the agency
  code         TEXT NOT NULL,
  title        TEXT NOT NULL,
  kind         TEXT NOT NULL,
  level        TEXT NOT NULL,
  vertical     BIGINT NOT NULL,
  source_id    BIGINT REFERENCES source (id), -- of the first authority
  source_title TEXT NOT NULL,
  clause       TEXT NOT NULL,             -- of the first authority
  batch_id     BIGINT REFERENCES batch (id),
  verification TEXT NOT NULL,
  verification_reason TEXT NOT NULL,
  listed_on    TEXT NOT NULL,
  stage        TEXT NOT NULL,             -- of the newest version, else of the verification
  version_no   BIGINT NOT NULL,           -- newest version, 0 where there is none
  in_force_no  BIGINT NOT NULL,           -- version in force, 0 where there is none
  duty_state   TEXT NOT NULL,             -- none, idle, begun, done, done_late, waived
  next_due     TEXT NOT NULL,             -- earliest due day of an open duty, '' where there is none
  updated      TEXT NOT NULL,             -- time of the last write
  revision     BIGINT NOT NULL,           -- counts writes: a stale save is refused
  UNIQUE (agency_id, identity)
);
CREATE INDEX item_by_source ON item (source_id, stage);
CREATE INDEX item_by_due ON item (nullif(next_due, ''));
CREATE INDEX item_by_agency ON item (agency_id, nullif(next_due, ''));

-- The clauses that an item cites, authority first.
CREATE TABLE citation (
  item_id      BIGINT NOT NULL REFERENCES item (id),
  ordinal      BIGINT NOT NULL,
  role         TEXT NOT NULL,             -- authority, duty
  source_id    BIGINT REFERENCES source (id),
  title        TEXT NOT NULL,
  article      BIGINT NOT NULL,           -- 0 where no clause is named; likewise below
  suffix       BIGINT NOT NULL,
  paragraph    BIGINT NOT NULL,
  subparagraph BIGINT NOT NULL,           -- 项
  sub_item     BIGINT NOT NULL,           -- 目
  written      TEXT NOT NULL,
  PRIMARY KEY (item_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX citation_by_source ON citation (source_id, article, item_id);

-- Versions of an item's baseline. A published version is never changed.
CREATE TABLE version (
  item_id      BIGINT NOT NULL REFERENCES item (id),
  no           BIGINT NOT NULL,
  content      TEXT NOT NULL,             -- the baseline as JSON
  hash         TEXT NOT NULL,             -- SHA-256 of content
  author       TEXT NOT NULL,
  created_on   TEXT NOT NULL,
  ready_by     TEXT NOT NULL,             -- '' until the clerk marks it ready
  submitted_by TEXT NOT NULL,
  submitted_on TEXT,
  accepted_by  TEXT NOT NULL,
  accepted_on  TEXT,
  accepted_hash TEXT NOT NULL,            -- what the acceptance is bound to
  approved_on  TEXT,
  approval     TEXT NOT NULL,             -- number of the government's approval
  published_on TEXT,
  publication  TEXT NOT NULL,             -- number of the publication
  in_force_from TEXT,
  in_force_to  TEXT,                      -- last day in force
  before_register BIGINT NOT NULL,        -- 1: in force before this register was opened
  batch_id     BIGINT REFERENCES batch (id),
  return_reason TEXT NOT NULL,
  PRIMARY KEY (item_id, no)
);

-- Findings of the checks that were answered in words. An answer counts while the words it was about stand; whether
-- it does is told by their hash, so that one kept from earlier words counts again when they come back.
CREATE TABLE finding_answer (
  item_id      BIGINT NOT NULL REFERENCES item (id),
  code         TEXT NOT NULL,             -- the check
  about        TEXT NOT NULL,             -- SHA-256 of the words that it was about
  place        TEXT NOT NULL,             -- ladder and tier by their labels, or the field; '' for the whole item
  answer       TEXT NOT NULL,
  answered_by  TEXT NOT NULL,
  answered_on  TEXT NOT NULL,
  PRIMARY KEY (item_id, code, about)
) WITHOUT ROWID;

-- Procedure steps (S4.3) of a version or of a batch.
CREATE TABLE step (
  id           INTEGER PRIMARY KEY,
  item_id      BIGINT REFERENCES item (id),
  version_no   BIGINT,
  batch_id     BIGINT REFERENCES batch (id),
  step         TEXT NOT NULL,
  on_day       TEXT NOT NULL,             -- of a public comment: its last day
  from_day     TEXT,                      -- of a public comment: its first day
  number       TEXT NOT NULL,
  note         TEXT NOT NULL
);
CREATE INDEX step_by_item ON step (item_id, version_no);
CREATE INDEX step_by_batch ON step (batch_id);

-- Evidence of a step: the file itself.
CREATE TABLE evidence (
  step_id      BIGINT NOT NULL REFERENCES step (id),
  name         TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  bytes        BLOB NOT NULL,
  PRIMARY KEY (step_id, name)
);

-- Plans by year, as TOML.
CREATE TABLE plan (
  year         BIGINT PRIMARY KEY,
  toml         TEXT NOT NULL
);

-- Years of statutory rest days beside the built-in ones, as TOML.
CREATE TABLE rest_days (
  year         BIGINT PRIMARY KEY,
  toml         TEXT NOT NULL
);

-- Changes of the law and the like; each opens a clock on every confirmed item (S2.2, S2.3).
CREATE TABLE event (
  id           INTEGER PRIMARY KEY,
  form         TEXT NOT NULL,             -- amended, repealed, circumstances, provincial_baseline
  source_id    BIGINT REFERENCES source (id),
  articles     TEXT NOT NULL,             -- articles concerned, as written; '' for the whole source
  on_day       TEXT NOT NULL,             -- day of entry into force: the clock starts
  note         TEXT NOT NULL
);

-- Duties with their clocks.
CREATE TABLE duty (
  id           INTEGER PRIMARY KEY,
  rule         TEXT NOT NULL,
  year         BIGINT NOT NULL,           -- of the plan; of an event, the year of its day
  agency_id    BIGINT NOT NULL REFERENCES agency (id),
  item_id      BIGINT REFERENCES item (id),
  event_id     BIGINT REFERENCES event (id),
  starts       TEXT,
  original_due TEXT,                      -- NULL: «without delay», shown with its age
  due          TEXT,                      -- in force
  drawn_on     TEXT NOT NULL,             -- day of the act that drew it: before, the duty did not stand
  begun_at_birth BIGINT NOT NULL,         -- whether work had begun when the duty was made
  begun        BIGINT NOT NULL,
  closed       TEXT NOT NULL,             -- open, done, waived
  closed_on    TEXT,
  reason       TEXT NOT NULL
);
CREATE INDEX duty_by_item ON duty (item_id, rule, year) WHERE item_id IS NOT NULL;
CREATE INDEX duty_of_agency ON duty (agency_id, rule, year) WHERE item_id IS NULL;
CREATE INDEX duty_by_due ON duty (due, agency_id) WHERE closed = 'open';

-- What a duty was on earlier days. A duty born open has no row until it changes; one born closed has its first row.
CREATE TABLE duty_history (
  duty_id      BIGINT NOT NULL REFERENCES duty (id),
  on_day       TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  due          TEXT,
  begun        BIGINT NOT NULL,
  closed       TEXT NOT NULL,
  closed_on    TEXT,
  reason       TEXT NOT NULL,
  PRIMARY KEY (duty_id, on_day, seq)
) WITHOUT ROWID;

-- What an item was on earlier days; digest covers its words and the content of its newest version.
CREATE TABLE item_history (
  item_id      BIGINT NOT NULL REFERENCES item (id),
  on_day       TEXT NOT NULL,             -- day of the act as told
  seq          BIGINT NOT NULL,           -- entry of the trail that recorded it
  agency_id    BIGINT NOT NULL,
  verification TEXT NOT NULL,
  stage        TEXT NOT NULL,
  version_no   BIGINT NOT NULL,
  in_force_no  BIGINT NOT NULL,
  digest       TEXT NOT NULL,
  PRIMARY KEY (item_id, on_day, seq)
) WITHOUT ROWID;

-- Trainings held (S3.1, S3.2).
CREATE TABLE training (
  id           INTEGER PRIMARY KEY,
  agency_id    BIGINT NOT NULL REFERENCES agency (id),
  on_day       TEXT NOT NULL,
  title        TEXT NOT NULL,
  people       BIGINT NOT NULL,
  note         TEXT NOT NULL
);
CREATE INDEX training_by_agency ON training (agency_id, on_day);

-- Reports received from counties (S5.4).
CREATE TABLE received (
  id           INTEGER PRIMARY KEY,
  agency_id    BIGINT NOT NULL REFERENCES agency (id),
  form         TEXT NOT NULL,             -- progress, annual
  year         BIGINT NOT NULL,
  on_day       TEXT NOT NULL,
  note         TEXT NOT NULL
);

-- Column mappings for published tables, by agency.
CREATE TABLE mapping (
  agency_id    BIGINT NOT NULL REFERENCES agency (id),
  name         TEXT NOT NULL,
  toml         TEXT NOT NULL,
  PRIMARY KEY (agency_id, name)
);

-- The append-only trail: one entry a write, each bound to the one before by its hash.
CREATE TABLE trail (
  seq          INTEGER PRIMARY KEY,
  at           TEXT NOT NULL,
  actor        TEXT NOT NULL,
  origin       TEXT NOT NULL,             -- command line, interface, import
  verb         TEXT NOT NULL,
  record       TEXT NOT NULL,
  record_id    BIGINT NOT NULL,
  detail       TEXT NOT NULL,             -- what, old and new, as JSON
  digest       TEXT NOT NULL,             -- SHA-256 over the history rows of this entry, '' where there are none
  prev         TEXT NOT NULL,
  hash         TEXT NOT NULL
);

CREATE INDEX trail_by_record ON trail (record, record_id);

-- Counts by group, kept in step inside every write: overviews and counts never scan.
CREATE TABLE item_tally (
  agency_id    BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  level        TEXT NOT NULL,
  stage        TEXT NOT NULL,
  in_force     BIGINT NOT NULL,
  duty_state   TEXT NOT NULL,
  next_due     TEXT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (agency_id, kind, level, stage, in_force, duty_state, next_due)
) WITHOUT ROWID;

CREATE TABLE duty_tally (
  agency_id    BIGINT NOT NULL,
  rule         TEXT NOT NULL,
  year         BIGINT NOT NULL,
  state        TEXT NOT NULL,             -- idle, begun, done, done_late, waived
  due          TEXT NOT NULL,             -- of open duties; '' otherwise and where there is none
  n            BIGINT NOT NULL,
  PRIMARY KEY (agency_id, rule, year, state, due)
) WITHOUT ROWID;

-- Items whose words are not yet in the search index: a range of identifiers a row.
CREATE TABLE search_queue (
  first_id     BIGINT NOT NULL,
  last_id      BIGINT NOT NULL
);

-- Search: two-character words and pinyin initials of code and title, and the agency. Candidates only; the program
-- compares the words. The words come apart already and in small letters: the plainest tokenizer serves.
CREATE VIRTUAL TABLE item_search USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
