/* SPDX-License-Identifier: Apache-2.0 */
/* schema.c - versions of the schema; docs/formats/store.md explains it. A released version never changes: a new one is
 * a new text and a new line in migrate.c. */
#include "store/internal.h"

/* The columns of ds_claim and ds_value, which the reader's claims and the story's rows share. */
#define CLAIM_COLUMNS                                                                              \
    "id TEXT NOT NULL, doc TEXT, sentence TEXT NOT NULL, number INTEGER NOT NULL,"                 \
    "span_beg INTEGER NOT NULL, span_end INTEGER NOT NULL,"                                        \
    "source_beg INTEGER NOT NULL, source_end INTEGER NOT NULL,"                                    \
    "figure_beg INTEGER NOT NULL, figure_end INTEGER NOT NULL,"                                    \
    "part TEXT NOT NULL, measure TEXT, subject TEXT, actor TEXT, unit TEXT,"                       \
    "of_claim INTEGER, of_id TEXT, of_words TEXT, derived_num INTEGER, derived_den INTEGER,"       \
    "delta_of INTEGER, delta INTEGER NOT NULL, per TEXT NOT NULL,"                                 \
    "has_when INTEGER NOT NULL, when_lo INTEGER, when_hi INTEGER,"                                 \
    "has_as_of INTEGER NOT NULL, as_of_lo INTEGER, as_of_hi INTEGER, inferred INTEGER NOT NULL,"   \
    "when_words TEXT, place TEXT, place_words TEXT, said_by TEXT NOT NULL,"                        \
    "certainty TEXT NOT NULL, equals INTEGER, part_of_whole INTEGER NOT NULL," VALUE_COLUMNS

/* Exact fractions; the real copies are for range search only and take no room. */
#define VALUE_COLUMNS                                                                              \
    "low_num INTEGER, low_den INTEGER, best_num INTEGER, best_den INTEGER,"                        \
    "high_num INTEGER, high_den INTEGER, bound TEXT NOT NULL,"                                     \
    "low REAL AS (CAST(low_num AS REAL) / low_den), best REAL AS (CAST(best_num AS REAL) / "       \
    "best_den),"                                                                                   \
    "high REAL AS (CAST(high_num AS REAL) / high_den),"

#define STORY_KEY "story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE, i INTEGER NOT NULL,"
#define QUESTION_KEY "story INTEGER NOT NULL, question INTEGER NOT NULL, i INTEGER NOT NULL,"
#define QUESTION_END                                                                               \
    "PRIMARY KEY(story, question, i),"                                                             \
    "FOREIGN KEY(story, question) REFERENCES question(story, i) ON DELETE CASCADE"                 \
    ") STRICT, WITHOUT ROWID;"
#define STORY_END "PRIMARY KEY(story, i)) STRICT, WITHOUT ROWID;"

// clang-format off
const char ds_schema_v1[] =
    "CREATE TABLE page("
    "id INTEGER PRIMARY KEY, key TEXT NOT NULL, reader TEXT NOT NULL, newest INTEGER NOT NULL,"
    "name TEXT NOT NULL, url TEXT, sha256 TEXT NOT NULL, media TEXT, came TEXT NOT NULL, fetched INTEGER,"
    "title TEXT, publisher TEXT, published INTEGER,"
    "UNIQUE(key, sha256)) STRICT;"
    "CREATE TABLE page_bytes("
    "page INTEGER PRIMARY KEY REFERENCES page ON DELETE CASCADE, bytes BLOB NOT NULL) STRICT;"

    "CREATE TABLE article("
    "id INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES page ON DELETE CASCADE,"
    "doc TEXT NOT NULL, n INTEGER NOT NULL, main INTEGER NOT NULL, text TEXT NOT NULL,"
    "body_beg INTEGER NOT NULL, body_end INTEGER NOT NULL, blocks TEXT NOT NULL, runs TEXT NOT NULL,"
    "title TEXT, authors TEXT NOT NULL, affiliation TEXT, publisher TEXT, original_publisher TEXT, licence TEXT,"
    "section TEXT, standfirst TEXT, keywords TEXT NOT NULL, credited TEXT NOT NULL,"
    "published INTEGER, published_from TEXT, window_lo INTEGER, window_hi INTEGER, window_from TEXT,"
    "modified INTEGER, kind TEXT NOT NULL, comments TEXT NOT NULL, related TEXT NOT NULL,"
    "teasers INTEGER NOT NULL, language TEXT, sentences TEXT NOT NULL,"
    "UNIQUE(page, n)) STRICT;"
    "CREATE INDEX article_doc ON article(doc);"

    "CREATE TABLE claim("
    "article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, i INTEGER NOT NULL,"
    CLAIM_COLUMNS
    "PRIMARY KEY(article, i)) STRICT, WITHOUT ROWID;"

    /* AUTOINCREMENT: the id of a story that went is never given again. */
    "CREATE TABLE story("
    "id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, title_from TEXT, publishers INTEGER NOT NULL,"
    "sums_checked INTEGER NOT NULL, origins INTEGER NOT NULL,"
    "pages INTEGER NOT NULL DEFAULT 0, figures INTEGER NOT NULL DEFAULT 0,"
    "questions INTEGER NOT NULL DEFAULT 0, flags INTEGER NOT NULL DEFAULT 0,"
    "days_lo INTEGER, days_hi INTEGER) STRICT;"

    "CREATE TABLE source(" STORY_KEY
    "article INTEGER REFERENCES article ON DELETE SET NULL,"
    "letter TEXT NOT NULL, doc TEXT, page_sha256 TEXT, title TEXT, opening TEXT, publisher TEXT,"
    "original_publisher TEXT, licence TEXT, affiliation TEXT, section TEXT,"
    "authors TEXT NOT NULL, credited TEXT NOT NULL, kind TEXT NOT NULL, published INTEGER, published_from TEXT,"
    "window_lo INTEGER, window_hi INTEGER, window_from TEXT, sentences INTEGER NOT NULL, figures INTEGER NOT NULL,"
    "flags INTEGER NOT NULL, comments_left_out INTEGER NOT NULL, teasers_left_out INTEGER NOT NULL,"
    "related TEXT NOT NULL,"
    STORY_END
    "CREATE INDEX source_article ON source(article);"
    "CREATE INDEX source_doc ON source(doc);"

    "CREATE TABLE story_row(" STORY_KEY
    "member INTEGER NOT NULL, question TEXT, origin TEXT, flag TEXT,"
    CLAIM_COLUMNS STORY_END

    "CREATE TABLE question(" STORY_KEY
    "id TEXT, text TEXT, label TEXT, measure TEXT, subject TEXT, unit TEXT, per TEXT NOT NULL,"
    "low_num INTEGER, low_den INTEGER, best_num INTEGER, best_den INTEGER, high_num INTEGER, high_den INTEGER,"
    "rule TEXT, why TEXT, state TEXT NOT NULL, factor_num INTEGER, factor_den INTEGER, flags TEXT NOT NULL,"
    STORY_END

    "CREATE TABLE answer(" QUESTION_KEY
    "claims TEXT NOT NULL, origins TEXT NOT NULL, wider INTEGER NOT NULL, flagged INTEGER NOT NULL,"
    "planned INTEGER NOT NULL,"
    VALUE_COLUMNS QUESTION_END

    "CREATE TABLE origin(" QUESTION_KEY
    "name TEXT, kind TEXT NOT NULL, member INTEGER NOT NULL, why TEXT,"
    QUESTION_END

    "CREATE TABLE pair(" QUESTION_KEY
    "a INTEGER NOT NULL, b INTEGER NOT NULL, verdict TEXT NOT NULL, why TEXT,"
    QUESTION_END

    "CREATE TABLE flag(" STORY_KEY
    "kind TEXT NOT NULL, share_num INTEGER, share_den INTEGER, base_num INTEGER, base_den INTEGER,"
    "stated_num INTEGER, stated_den INTEGER, expected_num INTEGER, expected_den INTEGER,"
    "claims TEXT NOT NULL, cites TEXT NOT NULL, finding TEXT,"
    STORY_END

    "CREATE TABLE key_point(" STORY_KEY
    "text TEXT, flagged INTEGER NOT NULL, cites TEXT NOT NULL,"
    STORY_END

    "CREATE TABLE event(" STORY_KEY
    "has_when INTEGER NOT NULL, when_lo INTEGER, when_hi INTEGER, when_words TEXT, text TEXT,"
    "certainty TEXT NOT NULL, cites TEXT NOT NULL,"
    STORY_END

    "CREATE TABLE copy(" STORY_KEY
    "from_member INTEGER NOT NULL, from_sentence INTEGER NOT NULL, to_member INTEGER NOT NULL,"
    "to_sentence INTEGER NOT NULL, words INTEGER NOT NULL,"
    STORY_END;

/* Who is who over the pages of a story. Stories that an older version wrote have none until they are put anew. */
#define NAMING(column) column " TEXT, " column "_member INTEGER NOT NULL, " column "_sentence INTEGER NOT NULL,"
const char ds_schema_v3[] =
    "ALTER TABLE story_row ADD COLUMN holders TEXT NOT NULL DEFAULT '[]';"
    "ALTER TABLE story_row ADD COLUMN place_of INTEGER;"
    "ALTER TABLE origin ADD COLUMN holder INTEGER;"

    "CREATE TABLE holder(" STORY_KEY
    "id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, members TEXT NOT NULL,"
    STORY_END

    "CREATE TABLE holder_join(" STORY_KEY
    "holder INTEGER NOT NULL, rule TEXT NOT NULL,"
    NAMING("form") NAMING("other") NAMING("proof")
    STORY_END

    "CREATE TABLE unsure(" STORY_KEY
    "holder INTEGER NOT NULL, other_holder INTEGER NOT NULL,"
    NAMING("form") NAMING("other") "why TEXT NOT NULL,"
    STORY_END

    "CREATE TABLE place(" STORY_KEY
    "id TEXT, name TEXT NOT NULL, kind TEXT NOT NULL,"
    STORY_END;

/* Estimates by date, sums of flags, forces. Stories that an older version wrote have none until they are put anew. */
#define AMOUNT(name) name "_low_num INTEGER, " name "_low_den INTEGER, " name "_high_num INTEGER, " name "_high_den INTEGER,"
const char ds_schema_v4[] =
    "ALTER TABLE flag ADD COLUMN sum TEXT;"

    "CREATE TABLE step(" QUESTION_KEY
    "day INTEGER, low_num INTEGER, low_den INTEGER, best_num INTEGER, best_den INTEGER,"
    "high_num INTEGER, high_den INTEGER,"
    QUESTION_END

    "CREATE TABLE force(" STORY_KEY
    "actor TEXT NOT NULL, day INTEGER,"
    AMOUNT("sent") AMOUNT("killed") AMOUNT("injured") AMOUNT("captured") AMOUNT("missing") AMOUNT("lost")
    AMOUNT("withdrawn") AMOUNT("remains") "claims TEXT NOT NULL,"
    STORY_END;

/* Why claims are in one question or in two. Stories that an older version wrote have none until they are put anew. */
const char ds_schema_v5[] =
    "CREATE TABLE tie(" QUESTION_KEY
    "claim INTEGER NOT NULL, with_claim INTEGER NOT NULL, apart INTEGER NOT NULL, why TEXT,"
    QUESTION_END;

#define TELLING(name) name "_member INTEGER NOT NULL, " name "_number INTEGER NOT NULL, " name "_sentence TEXT NOT NULL, " \
    name "_words_beg INTEGER NOT NULL, " name "_words_end INTEGER NOT NULL, " name "_holder TEXT, " \
    name "_days_lo INTEGER, " name "_days_hi INTEGER, "
/* What a finished story was reckoned from, days that sentences tell of, what pages share, and what is told both ways. Stories that
 * an older version wrote have no stamp, and are reckoned by the next batch; its articles have no days and deeds until they are read
 * anew. */
const char ds_schema_v6[] =
    "ALTER TABLE story ADD COLUMN stamp TEXT;"
    "CREATE INDEX story_stamp ON story(stamp);"

    "ALTER TABLE article ADD COLUMN days TEXT NOT NULL DEFAULT '[]';"

    "CREATE TABLE overlap(" STORY_KEY
    "first_member INTEGER NOT NULL, second_member INTEGER NOT NULL, known INTEGER NOT NULL, kind TEXT NOT NULL,"
    "first_words INTEGER NOT NULL, second_words INTEGER NOT NULL, first_of INTEGER NOT NULL, second_of INTEGER NOT NULL,"
    "longest INTEGER NOT NULL, passages TEXT NOT NULL,"
    STORY_END

    "CREATE TABLE deed("
    "article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, i INTEGER NOT NULL,"
    "sentence TEXT NOT NULL, number INTEGER NOT NULL, words_beg INTEGER NOT NULL, words_end INTEGER NOT NULL,"
    "part TEXT NOT NULL, kind TEXT NOT NULL, pair TEXT NOT NULL, other INTEGER NOT NULL, negated INTEGER NOT NULL,"
    "turns TEXT NOT NULL, who TEXT NOT NULL, head TEXT, who_is TEXT NOT NULL, topic TEXT, place TEXT,"
    "dated INTEGER NOT NULL, inferred INTEGER NOT NULL, when_lo INTEGER, when_hi INTEGER, said_by TEXT NOT NULL,"
    "certainty TEXT NOT NULL,"
    "PRIMARY KEY(article, i)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE dispute(" STORY_KEY
    "verdict TEXT NOT NULL, pair TEXT NOT NULL, about TEXT NOT NULL,"
    TELLING("first") TELLING("second") "more TEXT NOT NULL, finding TEXT NOT NULL,"
    STORY_END;

/* Which article is in which story, and what grouping keeps (story/cluster.h). Members of stories that an older version wrote have
 * numbers below 0 and no record: new articles are not compared with them until they are read anew. */
const char ds_schema_v7[] =
    "CREATE TABLE member("
    "number INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE REFERENCES article ON DELETE CASCADE,"
    "story INTEGER NOT NULL, near INTEGER, odds REAL NOT NULL, why INTEGER NOT NULL, days INTEGER NOT NULL,"
    "record BLOB) STRICT;"
    "CREATE INDEX member_story ON member(story, number);"
    "CREATE TABLE term(hash INTEGER PRIMARY KEY, row BLOB NOT NULL) STRICT;"
    "CREATE TABLE grouping("
    "id INTEGER PRIMARY KEY CHECK (id = 1), state BLOB, next_story INTEGER NOT NULL, reckoner TEXT, reread INTEGER) STRICT;"
    "CREATE TABLE dirty(story INTEGER PRIMARY KEY) STRICT;"
    "CREATE TABLE former("
    "key TEXT NOT NULL, n INTEGER NOT NULL, story INTEGER NOT NULL, number INTEGER NOT NULL,"
    "PRIMARY KEY(key, n)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX former_story ON former(story);"
    "CREATE TABLE redirect(story INTEGER PRIMARY KEY, to_story INTEGER NOT NULL) STRICT;"
    "CREATE INDEX redirect_to ON redirect(to_story);"
    "CREATE TABLE regrouping("
    "i INTEGER PRIMARY KEY, kind TEXT NOT NULL, story INTEGER NOT NULL, other INTEGER NOT NULL,"
    "article TEXT, near TEXT, odds REAL NOT NULL, why INTEGER NOT NULL) STRICT;"
    "CREATE INDEX regrouping_story ON regrouping(story);"
    "CREATE TABLE similar("
    "story INTEGER NOT NULL, other INTEGER NOT NULL, likeness REAL NOT NULL,"
    "PRIMARY KEY(story, other)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX similar_other ON similar(other);"
    "INSERT INTO member(number, article, story, odds, why, days)"
    " SELECT -row_number() OVER (ORDER BY article DESC), article, story, 0, 0, -1 FROM source WHERE article IS NOT NULL;"
    "INSERT INTO grouping(id, next_story) SELECT 1, 1 + coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'story';";

/* What a digest says besides its lines, which answers an update took the place of, and of what a
 * question's counts are. Stories that an older version wrote have none
 * until they are put anew. */
const char ds_schema_v9[] =
    "ALTER TABLE story ADD COLUMN standfirst TEXT;"
    "ALTER TABLE story ADD COLUMN standfirst_cites TEXT NOT NULL DEFAULT '[]';"
    "ALTER TABLE story ADD COLUMN section TEXT;"
    "ALTER TABLE story ADD COLUMN keywords TEXT NOT NULL DEFAULT '[]';"
    "ALTER TABLE source ADD COLUMN told_first TEXT NOT NULL DEFAULT '[]';"
    "ALTER TABLE key_point ADD COLUMN questions TEXT NOT NULL DEFAULT '[]';"
    "ALTER TABLE answer ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE question ADD COLUMN scope TEXT NOT NULL DEFAULT 'whole';";

/* How many articles speak for two stories, of which none is sure enough alone. */
const char ds_schema_v10[] =
    "CREATE TABLE bond("
    "story INTEGER NOT NULL, other INTEGER NOT NULL, articles INTEGER NOT NULL,"
    "PRIMARY KEY(story, other)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX bond_other ON bond(other);";
// clang-format on
