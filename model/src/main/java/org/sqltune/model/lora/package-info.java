/**
 * Low-rank adapters (LoRA, arXiv:2106.09685) and PEFT's files for them.
 */
@NullMarked
package org.sqltune.model.lora;

import org.jspecify.annotations.NullMarked;
