/** The sections of a run configuration as records: what each key means, its unit and its default. */
@NullMarked
package org.sqltune.core.config.settings;

import org.jspecify.annotations.NullMarked;
