/**
 * The engine that answers for many threads: {@link org.sqltune.inference.engine.TextEngine} takes prompts into a bounded
 * queue and continues many of them at once on a thread of its own.
 */
@NullMarked
package org.sqltune.inference.engine;

import org.jspecify.annotations.NullMarked;
