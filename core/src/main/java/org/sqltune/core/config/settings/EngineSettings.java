package org.sqltune.core.config.settings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of section {@code inference} that says what computes the answers.
 *
 * @param engine this process's own engine, or another runtime
 * @param engineUrl where a server is, or the GGUF file of llama.cpp; null for the runtime's usual address
 * @param engineModel which of a server's models answers; null for the one it has
 * @param engineApi how a server is asked
 * @param enginePrompt what it is sent
 * @param engineKey the environment variable that holds a server's key
 * @param engineTimeoutSeconds how long a server may send nothing
 */
public record EngineSettings(
        Engine engine,
        @Nullable String engineUrl,
        @Nullable String engineModel,
        Api engineApi,
        PromptAs enginePrompt,
        String engineKey,
        double engineTimeoutSeconds) {
    /** What computes. */
    public enum Engine {
        /** SqlTune itself. */
        NATIVE,
        /** llama.cpp within this process, over a GGUF file. */
        LLAMA_CPP,
        /** A server with OpenAI's protocol. */
        OPENAI,
        /** An Ollama server. */
        OLLAMA;

        /** As users write it. */
        public String spelling() {
            return this == LLAMA_CPP ? "llama.cpp" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a server of OpenAI's protocol is asked. */
    public enum Api {
        /** Whole prompts, byte for byte those of training. */
        COMPLETIONS,
        /** Messages, which the server's own chat template writes. */
        CHAT
    }

    /** What another runtime is sent. */
    public enum PromptAs {
        /** Texts, which it cuts into tokens. */
        TEXT,
        /** The tokens that the model's own tokenizer makes of them. */
        IDS
    }

    /** This process's own engine. */
    public static EngineSettings defaults() {
        return new EngineSettings(Engine.NATIVE, null, null, Api.COMPLETIONS, PromptAs.TEXT, "SQLTUNE_ENGINE_KEY", 300);
    }

    /** Whether this process computes with the model's own files. */
    @JsonIgnore
    public boolean isNative() {
        return engine == Engine.NATIVE;
    }

    /** How long a server may send nothing. */
    public Duration timeout() {
        return Duration.ofMillis(Math.round(1000 * engineTimeoutSeconds));
    }
}
