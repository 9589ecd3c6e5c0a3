/** Models and adapters as files: merging, describing, downloading. */
@NullMarked
package org.sqltune.workflow.model;

import org.jspecify.annotations.NullMarked;
