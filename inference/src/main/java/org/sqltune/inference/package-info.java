/**
 * Questions to SQL: {@link org.sqltune.inference.TextToSql} for a program's own use, {@link
 * org.sqltune.inference.ModelPredictor} for a model that is being trained, {@link org.sqltune.inference.BatchInference} for files of
 * questions, {@link org.sqltune.inference.session.InteractiveSession} for asking a database on the terminal.
 */
@NullMarked
package org.sqltune.inference;

import org.jspecify.annotations.NullMarked;
