/**
 * Reads rows of JSON Lines, JSON, CSV and Parquet files, one at a time, each with its file and line. An unusable row
 * is counted with its reason or ends the reading.
 */
@NullMarked
package org.sqltune.data.rows;

import org.jspecify.annotations.NullMarked;
