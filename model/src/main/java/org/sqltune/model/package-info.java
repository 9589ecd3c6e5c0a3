/**
 * Causal language models in Hugging Face's formats, on the JVM. {@link org.sqltune.model.LanguageModel} is the entry.
 */
@NullMarked
package org.sqltune.model;

import org.jspecify.annotations.NullMarked;
