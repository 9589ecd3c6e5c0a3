/** Models that other runtimes compute. */
@NullMarked
package org.sqltune.workflow.runtime;

import org.jspecify.annotations.NullMarked;
