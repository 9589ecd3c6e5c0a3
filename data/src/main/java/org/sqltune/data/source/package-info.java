/**
 * The interface of example sources, and the sources without a separate package: Gretel, sql-create-context, and a
 * user's own files. Unusable rows are counted with their reason or end the reading with file and line; none is
 * dropped silently.
 */
@NullMarked
package org.sqltune.data.source;

import org.jspecify.annotations.NullMarked;
