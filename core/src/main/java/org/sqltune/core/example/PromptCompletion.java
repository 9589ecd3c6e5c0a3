package org.sqltune.core.example;

/**
 * A training example for a language model: a prompt and its completion.
 *
 * @param id unique within its data set
 * @param prompt the text before the answer, without special tokens
 * @param completion the answer, without the end-of-sequence token
 */
public record PromptCompletion(String id, String prompt, String completion) {}
