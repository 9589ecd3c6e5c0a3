/** Ollama: its HTTP interface, what a model is called there, and the Modelfile that carries a model's prompts. */
@NullMarked
package org.sqltune.deployment.ollama;

import org.jspecify.annotations.NullMarked;
