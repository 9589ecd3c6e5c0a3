/**
 * Frozen weights held in 4 or 8 bits and dequantised when they are multiplied with, as in QLoRA (Dettmers et al.,
 * arXiv:2305.14314). A {@link org.sqltune.model.quantization.QuantizedWeight} is what is held; its factories quantise.
 */
@NullMarked
package org.sqltune.model.quantization;

import org.jspecify.annotations.NullMarked;
