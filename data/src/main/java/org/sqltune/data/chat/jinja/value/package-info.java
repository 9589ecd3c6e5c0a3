/**
 * The values of templates and their operations in Python and Jinja: operators, attributes, methods, filters and
 * tests. No operation modifies a value passed to the template.
 */
@NullMarked
package org.sqltune.data.chat.jinja.value;

import org.jspecify.annotations.NullMarked;
