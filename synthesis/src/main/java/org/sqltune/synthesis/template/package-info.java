/** The query templates from which questions are synthesised. */
@NullMarked
package org.sqltune.synthesis.template;

import org.jspecify.annotations.NullMarked;
