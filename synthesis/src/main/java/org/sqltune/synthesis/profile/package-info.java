/**
 * What a database holds: which columns are keys, names, categories, numbers or dates, what values occur in them, and which tables refer to which. Learnt from the schema and the first rows of each table.
 */
@NullMarked
package org.sqltune.synthesis.profile;

import org.jspecify.annotations.NullMarked;
