package org.sqltune.workflow;

import org.sqltune.data.prompt.PromptTemplate;

/**
 * How a trained model is asked; {@link PromptTemplates#ofModel} decides it.
 *
 * @param template the prompt form, which writes schemas as well
 * @param sampleValues values of each column that a schema is read with; 0 to look at no row
 */
public record ModelPrompts(PromptTemplate template, int sampleValues) {}
