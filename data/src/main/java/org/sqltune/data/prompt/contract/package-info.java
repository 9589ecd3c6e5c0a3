/**
 * The prompts of a model's training, stored with its weights in {@code sqltune.json}, and their resolution for every
 * entry point.
 */
@NullMarked
package org.sqltune.data.prompt.contract;

import org.jspecify.annotations.NullMarked;
