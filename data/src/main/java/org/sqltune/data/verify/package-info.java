/**
 * Looks whether a data set's files are whole: every file is read to its end, every database is opened.
 */
@NullMarked
package org.sqltune.data.verify;

import org.jspecify.annotations.NullMarked;
