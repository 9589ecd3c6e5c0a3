/** The templates of queries that questions are synthesised from. */
@NullMarked
package org.sqltune.synthesis.template;

import org.jspecify.annotations.NullMarked;
