/**
 * The decoder: weights, layers, rotary embedding, batches of tokens, cached decoding. A linear is a linear here; adapters attach from {@code lora}.
 */
@NullMarked
package org.sqltune.model.decoder;

import org.jspecify.annotations.NullMarked;
