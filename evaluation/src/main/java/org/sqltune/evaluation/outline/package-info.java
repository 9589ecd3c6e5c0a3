/**
 * Describes queries clause by clause in canonical form, and finds how two queries differ. Works on tokens, so that it
 * handles broken SQL and any dialect.
 */
@NullMarked
package org.sqltune.evaluation.outline;

import org.jspecify.annotations.NullMarked;
