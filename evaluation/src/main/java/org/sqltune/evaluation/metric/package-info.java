/**
 * Whether one predicted query is right: by what it returns, or by how it is written.
 */
@NullMarked
package org.sqltune.evaluation.metric;

import org.jspecify.annotations.NullMarked;
