/** Verifies that a data set is complete: reads every file to its end and opens every database. */
@NullMarked
package org.sqltune.data.verify;

import org.jspecify.annotations.NullMarked;
