/** Exported files, shown to answer as the model that they were made of. */
@NullMarked
package org.sqltune.workflow.verify;

import org.jspecify.annotations.NullMarked;
