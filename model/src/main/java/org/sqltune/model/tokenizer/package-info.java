/**
 * Text to token ids and back, by Hugging Face's tokenizers.
 */
@NullMarked
package org.sqltune.model.tokenizer;

import org.jspecify.annotations.NullMarked;
