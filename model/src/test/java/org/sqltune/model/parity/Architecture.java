package org.sqltune.model.parity;

import java.util.Locale;

/** Fixtures of tools/parity: one or more for each family of models, and Llamas of odd shapes. */
public enum Architecture {
    GQA_TIED,
    MHA_UNTIED,
    MQA_BIAS_HEADDIM,
    LLAMA3_ROPE,
    LLAMA_ONE_LAYER,
    LLAMA_NARROW_HEADS,
    LLAMA_LINEAR,
    LLAMA_DYNAMIC,
    LLAMA_YARN,
    MISTRAL_WINDOW,
    QWEN2,
    QWEN3,
    GEMMA2,
    PHI3,
    PHI3_LONGROPE,
    GPT_NEOX,
    GPT_NEOX_SEQUENTIAL;

    public String fixtureName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public ParityFixture fixture() {
        return ParityFixture.of(fixtureName());
    }
}
