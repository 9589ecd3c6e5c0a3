/** The tables and columns that a query can name, and the columns that its GROUP BY determines. */
@NullMarked
package org.sqltune.postgres.scope;

import org.jspecify.annotations.NullMarked;
