/** Settings of what prompts tell beside schema and question. */
@NullMarked
package org.sqltune.core.config.settings.knowledge;

import org.jspecify.annotations.NullMarked;
