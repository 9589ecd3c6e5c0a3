/** BIRD's scores, as its mini-dev scripts (mid 2026) compute them on SQLite. */
@NullMarked
package org.sqltune.evaluation.bird;

import org.jspecify.annotations.NullMarked;
