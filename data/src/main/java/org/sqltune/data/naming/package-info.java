/** Identifiers as people say them, English nouns, and the text of questions. */
@NullMarked
package org.sqltune.data.naming;

import org.jspecify.annotations.NullMarked;
