/** A run in phases: trained, deployed and tested, with a record of what is done. */
@NullMarked
package org.sqltune.workflow.phases;

import org.jspecify.annotations.NullMarked;
