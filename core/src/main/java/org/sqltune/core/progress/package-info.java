/** The listener that receives the progress of a long task. */
@NullMarked
package org.sqltune.core.progress;

import org.jspecify.annotations.NullMarked;
