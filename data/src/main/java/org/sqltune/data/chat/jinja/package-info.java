/**
 * Renders Jinja chat templates like transformers: Jinja2's language with trimmed blocks, and transformers' {@code
 * generation} blocks, {@code raise_exception} and {@code strftime_now}. Templates come from untrusted models: they
 * can't access Java objects, and their steps are limited.
 */
@NullMarked
package org.sqltune.data.chat.jinja;

import org.jspecify.annotations.NullMarked;
