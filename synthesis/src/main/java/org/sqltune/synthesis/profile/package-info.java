/**
 * Profiles a database: which columns are keys, names, categories, numbers or dates, their values, and the references
 * between tables. Sources are the schema and the first rows of each table.
 */
@NullMarked
package org.sqltune.synthesis.profile;

import org.jspecify.annotations.NullMarked;
