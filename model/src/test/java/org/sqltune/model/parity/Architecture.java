package org.sqltune.model.parity;

import java.util.Locale;

/** The fixtures of tools/parity/families.py. */
enum Architecture {
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

    String fixtureName() {
        return name().toLowerCase(Locale.ROOT);
    }

    ParityFixture fixture() {
        return ParityFixture.of(fixtureName());
    }
}
