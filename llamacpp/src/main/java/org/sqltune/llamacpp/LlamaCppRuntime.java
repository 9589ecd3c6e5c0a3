package org.sqltune.llamacpp;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.PromptTokens;
import de.kherud.llama.args.LogFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.runtime.BlockingRuntime;
import org.sqltune.inference.runtime.PromptForm;
import org.sqltune.model.generation.Sampling;

/** A GGUF file in llama.cpp. It can't be stopped while it reads a prompt, only between two tokens of the answer. */
final class LlamaCppRuntime implements BlockingRuntime {
    private static final Logger log = LoggerFactory.getLogger(LlamaCppRuntime.class);

    private final Path file;
    private final PromptForm prompts;
    private final LlamaModel model;

    /** @throws SqlTuneException if llama.cpp can't load the file */
    LlamaCppRuntime(Path file, PromptForm prompts) {
        this.file = file;
        this.prompts = prompts;
        try {
            LlamaCppLibrary.load(
                    () -> LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> log.debug("{}", message.strip())));
            ModelParameters parameters = new ModelParameters()
                    .setModel(file.toString())
                    // As long as the model's own.
                    .setCtxSize(0)
                    .setParallel(1)
                    .disableContextShift();
            model = new LlamaModel(log.isDebugEnabled() ? parameters : parameters.disableLog());
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            throw new SqlTuneException(
                    "llama.cpp can't load " + file + " (" + Failures.reason(e)
                            + "): write it again with sqltune export gguf, or see --verbose",
                    e);
        }
    }

    @Override
    public String name() {
        return "llama.cpp with " + file;
    }

    @Override
    public Set<String> adapters() {
        return Set.of();
    }

    @Override
    public Usage run(TextRequest request, Pieces pieces) {
        int tokens = 0;
        try {
            LlamaIterator answer = model.generate(parameters(request)).iterator();
            while (answer.hasNext()) {
                LlamaOutput piece = answer.next();
                if (Thread.currentThread().isInterrupted()) {
                    answer.cancel();
                    return new Usage(End.CANCELLED, 0, 0, tokens);
                }
                tokens += PromptTokens.isLast(piece) ? 0 : 1;
                pieces.text(0, piece.text);
            }
        } catch (RuntimeException e) {
            throw new SqlTuneException(
                    name() + " reports: " + Failures.reason(e)
                            + ". Shorten the schema if the prompt is too long for its context",
                    e);
        }
        // It doesn't tell why an answer ended.
        End end = tokens >= request.settings().maxNewTokens() ? End.LENGTH : End.STOP;
        return new Usage(end, 0, 0, tokens);
    }

    @Override
    public long[] tokens(String text) {
        return Arrays.stream(model.encode(text)).asLongStream().toArray();
    }

    private InferenceParameters parameters(TextRequest request) {
        Sampling sampling = request.settings().sampling();
        InferenceParameters parameters = new InferenceParameters(request.prompt())
                // With it, this version's answers depend on timing from the second prompt on (docs/log.md).
                .setCachePrompt(false)
                .setNPredict(request.settings().maxNewTokens())
                .setTemperature((float) sampling.temperature())
                .setTopP((float) sampling.topP())
                .setTopK(sampling.topK())
                .setMinP((float) sampling.minP())
                .setRepeatPenalty((float) sampling.repetitionPenalty())
                .setSeed(Math.floorMod(sampling.seed(), Integer.MAX_VALUE));
        if (!request.stopTexts().isEmpty()) {
            parameters.setStopStrings(request.stopTexts().toArray(String[]::new));
        }
        return prompts instanceof PromptForm.Ids ids
                ? PromptTokens.put(parameters, ids.tokenizer().apply(request))
                : parameters;
    }

    @Override
    public void close() {
        model.close();
    }
}
