/**
 * Other runtimes behind {@link org.sqltune.inference.engine.TextCompleter}: servers that speak OpenAI's protocol or Ollama's,
 * and runtimes within this process that modules on the class path bring along.
 */
@NullMarked
package org.sqltune.inference.runtime;

import org.jspecify.annotations.NullMarked;
