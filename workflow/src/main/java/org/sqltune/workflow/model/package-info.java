/** Merges, describes and downloads models and adapters. */
@NullMarked
package org.sqltune.workflow.model;

import org.jspecify.annotations.NullMarked;
