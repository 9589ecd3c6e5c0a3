/** Reads conversations from all common row formats, and renders them with a model's chat template. */
@NullMarked
package org.sqltune.data.chat;

import org.jspecify.annotations.NullMarked;
