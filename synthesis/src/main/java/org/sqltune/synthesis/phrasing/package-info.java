/**
 * The English side of synthesis: phrase books (text files in this package) and the phrasing of a query's terms.
 * Contains no SQL.
 */
@NullMarked
package org.sqltune.synthesis.phrasing;

import org.jspecify.annotations.NullMarked;
