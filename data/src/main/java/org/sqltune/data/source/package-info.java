/**
 * What a source of examples is, and the sources that need no package of their own: Gretel, sql-create-context, and a user's
 * own files. Rows that can't be used are counted with the reason or end the reading with file and line; none vanishes
 * silently.
 */
@NullMarked
package org.sqltune.data.source;

import org.jspecify.annotations.NullMarked;
