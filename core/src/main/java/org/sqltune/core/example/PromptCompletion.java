package org.sqltune.core.example;

/**
 * What a language model is trained on: a prompt and what should follow.
 *
 * @param id unique within its data set
 * @param prompt text before the answer, without special tokens
 * @param completion the answer, without the end-of-sequence token
 */
public record PromptCompletion(String id, String prompt, String completion) {}
