#include "lines.h"

#include "lectern/bounds.h"
#include "lectern/fsrs.h"
#include "state_inside.h"

#define TEXT(name)                                                                                           \
    {                                                                                                        \
        name, LINES_TEXT, false, 0                                                                           \
    }
#define WANTED_TEXT(name)                                                                                    \
    {                                                                                                        \
        name, LINES_TEXT, true, 0                                                                            \
    }
#define NUMBER(name)                                                                                         \
    {                                                                                                        \
        name, LINES_NUMBER, false, 0                                                                         \
    }
#define TIME(name)                                                                                           \
    {                                                                                                        \
        name, LINES_TIME, false, 0                                                                           \
    }
#define WANTED_TIME(name)                                                                                    \
    {                                                                                                        \
        name, LINES_TIME, true, 0                                                                            \
    }
#define REAL(name, most)                                                                                     \
    {                                                                                                        \
        name, LINES_REAL, false, most                                                                        \
    }

const struct lines_member lines_key_members[LINES_KEY_MEMBERS] = {
    TEXT("id"), TEXT("root"), TEXT("path"), {"content", LINES_BITS, false, 0}, NUMBER("bytes"), TEXT("title"),
};

#define PLACE_MEMBERS                                                                                        \
    NUMBER("part"), NUMBER("offset"), NUMBER("within"), NUMBER("span"), NUMBER("line"), NUMBER("width"),     \
    {                                                                                                        \
        "folds", LINES_BITS, false, 0                                                                        \
    }

#define OF_ARTICLE " JOIN article AS a USING (article)"

const struct lines_kind lines_kinds[] = {
    {
        .name = "reading",
        .article = true,
        .members = {TIME("placed"),
                    REAL("furthest", 1),
                    {"read", LINES_FLAG, false, 0},
                    TIME("read_at"),
                    PLACE_MEMBERS},
        .select = "SELECT " KEY_COLUMNS ", placed, furthest, read, read_at, " PLACE_COLUMNS
                  " FROM reading" OF_ARTICLE " ORDER BY article",
        .take = {"INSERT INTO reading (article, placed, furthest, read, read_at, " PLACE_COLUMNS ")"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (article) DO UPDATE"
                 " SET furthest = max(furthest, excluded.furthest), read_at = max(read_at, excluded.read_at),"
                 " read = iif(excluded.read_at > read_at, excluded.read, read)"
                 " WHERE excluded.furthest > furthest OR excluded.read_at > read_at",
                 "UPDATE reading SET placed = ?2, part = ?6, offset = ?7, within = ?8, span = ?9, line = ?10,"
                 " width = ?11, folds = ?12 WHERE article = ?1 AND placed < ?2"},
    },
    {
        .name = "session",
        .article = true,
        .members = {WANTED_TEXT("library"), TIME("at")},
        .select = "SELECT " KEY_COLUMNS ", library, at FROM session" OF_ARTICLE " ORDER BY library",
        .take = {"INSERT INTO session (library, article, at) VALUES (?2, ?1, ?3) ON CONFLICT (library)"
                 " DO UPDATE SET article = excluded.article, at = excluded.at WHERE excluded.at > at"},
    },
    {
        .name = "mark",
        .article = true,
        .members = {WANTED_TEXT("library"), {"letter", LINES_LETTER, true, 0}, TIME("made"), PLACE_MEMBERS},
        .select = "SELECT " KEY_COLUMNS ", library, letter, made, " PLACE_COLUMNS " FROM letter" OF_ARTICLE
                  " ORDER BY library, letter",
        .take = {"INSERT INTO letter (article, library, letter, made, " PLACE_COLUMNS ")"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (library, letter)"
                 " DO UPDATE SET article = excluded.article, made = excluded.made, " PLACE_EXCLUDED
                 " WHERE excluded.made > made"},
    },
    {
        .name = "bookmark",
        .article = true,
        .members = {TIME("made"), TEXT("tags"), PLACE_MEMBERS},
        .select = "SELECT " KEY_COLUMNS ", made, " STATE_TAGS ", " PLACE_COLUMNS
                  " FROM bookmark AS b" OF_ARTICLE " ORDER BY made, article",
        .take = {"INSERT INTO bookmark (article, made, " PLACE_COLUMNS ")"
                 " VALUES (?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (article)"
                 " DO UPDATE SET made = excluded.made, " PLACE_EXCLUDED " WHERE excluded.made > made"},
        .tags = 2,
    },
    {
        .name = "note",
        .article = true,
        .members = {TIME("changed"), WANTED_TEXT("text")},
        .select = "SELECT " KEY_COLUMNS ", changed, text FROM note" OF_ARTICLE " ORDER BY changed, article",
        /* What is replaced, or comes too late, is an earlier version; one that is known to be that stays so. */
        .take = {"INSERT INTO note_before (article, changed, text) SELECT article, changed, text FROM note"
                 " WHERE article = ?1 AND changed < ?2 AND text <> ?3",
                 "INSERT INTO note (article, changed, text) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
                 " (SELECT 1 FROM note_before WHERE article = ?1 AND changed = ?2 AND text = ?3)"
                 " ON CONFLICT (article) DO UPDATE SET changed = excluded.changed, text = excluded.text"
                 " WHERE excluded.changed > changed",
                 "INSERT INTO note_before (article, changed, text) SELECT ?1, ?2, ?3 WHERE"
                 " EXISTS (SELECT 1 FROM note WHERE article = ?1 AND text <> ?3) AND NOT EXISTS"
                 " (SELECT 1 FROM note_before WHERE article = ?1 AND changed = ?2 AND text = ?3)"},
    },
    {
        .name = "earlier-note",
        .article = true,
        .members = {TIME("changed"), WANTED_TEXT("text")},
        .select =
            "SELECT " KEY_COLUMNS ", changed, text FROM note_before AS b" OF_ARTICLE " ORDER BY b.rowid",
        .take =
            {"INSERT INTO note_before (article, changed, text) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
             " (SELECT 1 FROM note_before WHERE article = ?1 AND changed = ?2 AND text = ?3) AND NOT EXISTS"
             " (SELECT 1 FROM note WHERE article = ?1 AND changed = ?2 AND text = ?3)"},
    },
    {
        .name = "search",
        .members = {WANTED_TEXT("name"), {"query", LINES_TEXT, true, BOUND_QUERY_BYTES}, TIME("made")},
        .select = "SELECT name, query, made FROM search ORDER BY name",
        .take = {"INSERT INTO search (name, query, made) VALUES (?2, ?3, ?4) ON CONFLICT (name)"
                 " DO UPDATE SET query = excluded.query, made = excluded.made WHERE excluded.made > made"},
    },
    {
        .name = "visit",
        .article = true,
        .members = {WANTED_TIME("at")},
        .select = "SELECT " KEY_COLUMNS ", at FROM visit AS v" OF_ARTICLE
                  " WHERE NOT EXISTS (SELECT 1 FROM visit AS w WHERE w.article = v.article AND w.at = v.at"
                  " AND w.visit < v.visit) ORDER BY at, visit",
        .take = {"INSERT INTO visit (article, at) SELECT ?1, ?2"
                 " WHERE NOT EXISTS (SELECT 1 FROM visit WHERE article = ?1 AND at = ?2)"},
    },
    {
        .name = "hop",
        .article = true,
        .members =
            {WANTED_TEXT("library"), WANTED_TIME("at"), {"hop", LINES_NUMBER, true, 0}, NUMBER("from")},
        .select = "SELECT " KEY_COLUMNS ", library, at, hop, parent FROM hop" OF_ARTICLE " ORDER BY hop",
        /* Numbers of other states become those of this one. */
        .take = {"INSERT INTO hop (library, parent, article, at)"
                 " SELECT ?2, coalesce((SELECT ours FROM temp.hops WHERE theirs = ?5), 0), ?1, ?3"
                 " WHERE NOT EXISTS (SELECT 1 FROM hop WHERE library = ?2 AND at = ?3 AND article = ?1)"},
        .also = "INSERT OR REPLACE INTO temp.hops (theirs, ours)"
                " SELECT ?4, hop FROM hop WHERE library = ?2 AND at = ?3 AND article = ?1 LIMIT 1",
    },
    {
        .name = "card",
        .article = true,
        .members = {TIME("reviewed"),
                    TIME("due"),
                    TIME("hidden_until"),
                    REAL("stability", FSRS_LONGEST_INTERVAL),
                    REAL("difficulty", 10),
                    {"reviews", LINES_NUMBER, false, UINT32_MAX},
                    {"lapses", LINES_NUMBER, false, UINT32_MAX}},
        .select =
            "SELECT " KEY_COLUMNS ", reviewed, due, hidden_until, stability, difficulty, reviews, lapses"
            " FROM card" OF_ARTICLE " ORDER BY article",
        .take =
            {"INSERT INTO card (article, reviewed, due, hidden_until, stability, difficulty, reviews, lapses)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (article) DO UPDATE SET"
             " reviewed = excluded.reviewed, due = excluded.due, hidden_until = excluded.hidden_until,"
             " stability = excluded.stability, difficulty = excluded.difficulty,"
             " reviews = excluded.reviews, lapses = excluded.lapses WHERE excluded.reviewed > reviewed"
             " OR excluded.reviewed = reviewed AND excluded.hidden_until > hidden_until"},
    },
    {
        .name = "review",
        .article = true,
        .members = {WANTED_TIME("at"),
                    {"grade", LINES_NUMBER, true, FSRS_GRADES},
                    {"days", LINES_NUMBER, false, FSRS_LONGEST_INTERVAL},
                    REAL("stability", FSRS_LONGEST_INTERVAL),
                    REAL("difficulty", 10)},
        .select = "SELECT " KEY_COLUMNS ", at, grade, days, stability, difficulty FROM review AS r" OF_ARTICLE
                  " WHERE NOT EXISTS (SELECT 1 FROM review AS s WHERE s.article = r.article AND s.at = r.at"
                  " AND s.grade = r.grade AND s.review < r.review) ORDER BY at, review",
        .take = {"INSERT INTO review (article, at, grade, days, stability, difficulty) SELECT ?1, ?2, ?3, "
                 "?4, ?5, ?6"
                 " WHERE NOT EXISTS"
                 " (SELECT 1 FROM review WHERE article = ?1 AND at = ?2 AND grade = ?3)"},
    },
};

const size_t lines_kind_count = sizeof lines_kinds / sizeof *lines_kinds;

size_t lines_member_count(const struct lines_kind *kind)
{
    size_t count = 0;
    while (count < LINES_MEMBERS && kind->members[count].name)
        count++;
    return count;
}
