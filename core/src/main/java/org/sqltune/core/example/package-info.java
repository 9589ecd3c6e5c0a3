/**
 * Questions with their SQL, the prompts made of them, and the one interface that answers questions.
 */
@NullMarked
package org.sqltune.core.example;

import org.jspecify.annotations.NullMarked;
