/**
 * Data sets read into examples: Spider, Spider's CSV, WikiSQL, Gretel and JSON Lines files. Rows that can't be used are
 * counted with the reason or end the reading with file and line; none vanishes silently.
 */
@NullMarked
package org.sqltune.data.source;

import org.jspecify.annotations.NullMarked;
