/**
 * Renders the Jinja templates of chat models as transformers renders them: Jinja2's language with blocks trimmed, and with
 * transformers' own {@code generation} blocks, {@code raise_exception} and {@code strftime_now}. Templates come from foreign
 * models: they can neither reach Java objects nor run without end.
 */
@NullMarked
package org.sqltune.data.chat.jinja;

import org.jspecify.annotations.NullMarked;
