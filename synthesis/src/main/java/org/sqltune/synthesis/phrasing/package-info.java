/**
 * The English side of synthesis: phrase books (text files beside the classes) and how the terms of a query are spoken. Knows no SQL.
 */
@NullMarked
package org.sqltune.synthesis.phrasing;

import org.jspecify.annotations.NullMarked;
