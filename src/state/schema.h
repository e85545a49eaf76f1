/*
 * schema: the tables of the state, and how a database of an earlier version gets them.
 */
#ifndef LECTERN_STATE_SCHEMA_H
#define LECTERN_STATE_SCHEMA_H

#include "sql.h"

/* Step number i makes version i + 1 of version i. */
struct schema {
    const char *const *steps;
    int64_t count;
};
extern const struct schema schema_current;

/*
 * Brings a database to the newest version. Before a step is made in one that has a version already, it is copied to
 * `state-DATE-vVERSION.db` in the folder (NULL: there is none). -1 if it is newer or not Lectern's: then nothing is changed.
 */
int schema_apply(struct sql *sql, const struct schema *schema, const char *folder, const char *consequence,
                 struct err *err);

#endif
