package de.kherud.llama;

import java.util.Arrays;

/** Sends llama.cpp a prompt as tokens, which it takes and its Java library has no setter for. */
public final class PromptTokens {
    private PromptTokens() {}

    /** Puts tokens in the place of the prompt's text. */
    public static InferenceParameters put(InferenceParameters parameters, long[] ids) {
        parameters.parameters.put("prompt", Arrays.toString(ids));
        return parameters;
    }

    /** Whether nothing follows this piece of an answer. */
    public static boolean isLast(LlamaOutput output) {
        return output.stop;
    }
}
