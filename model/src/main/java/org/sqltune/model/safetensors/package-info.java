/**
 * Safetensors files, mapped instead of read. Format: https://huggingface.co/docs/safetensors.
 */
@NullMarked
package org.sqltune.model.safetensors;

import org.jspecify.annotations.NullMarked;
