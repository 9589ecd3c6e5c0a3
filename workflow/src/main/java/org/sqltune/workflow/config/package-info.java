/** Configurations of other projects. */
@NullMarked
package org.sqltune.workflow.config;

import org.jspecify.annotations.NullMarked;
