/**
 * Values of templates and what Python and Jinja do with them: operators, attributes, methods, filters and tests. Nothing in
 * here changes a value that a template was given.
 */
@NullMarked
package org.sqltune.data.chat.jinja.value;

import org.jspecify.annotations.NullMarked;
