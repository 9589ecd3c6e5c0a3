/** What a loaded model is asked, by the contracts of the model and of its adapters. */
@NullMarked
package org.sqltune.inference.prompt;

import org.jspecify.annotations.NullMarked;
