/** Typed calls of the functions written in TorchScript: one class for each source, no method names in strings elsewhere. */
@NullMarked
package org.sqltune.model.torch.script;

import org.jspecify.annotations.NullMarked;
