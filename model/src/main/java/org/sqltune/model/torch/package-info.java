/**
 * The only place that touches DJL and libtorch: tensors with an owner, and TorchScript sources as callable functions.
 *
 * <p>DJL knows no bfloat16 at its Java boundary and may abort the whole JVM when one of its calls meets such an array.
 * So arrays are hidden inside {@link org.sqltune.model.torch.Tensor}, whose few methods are safe for every element type;
 * everything else, casts included, happens inside TorchScript.
 */
@NullMarked
package org.sqltune.model.torch;

import org.jspecify.annotations.NullMarked;
