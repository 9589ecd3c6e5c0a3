/** Converts identifiers to words, inflects English nouns, and normalises questions. */
@NullMarked
package org.sqltune.data.naming;

import org.jspecify.annotations.NullMarked;
