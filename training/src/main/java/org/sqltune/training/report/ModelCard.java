package org.sqltune.training.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.LoraSettings;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.training.TrainingResult;

/**
 * The {@code README.md} beside a trained adapter: what it is, what it was trained on, how it is used. Its head is the
 * Hugging Face hub's metadata (huggingface.co/docs/hub/model-cards).
 *
 * @param config the run's configuration
 * @param result how the run ended
 * @param ownPrompts whether the data's rows were prompts of the user's own, rather than questions with schemas
 */
public record ModelCard(RunConfig config, TrainingResult result, boolean ownPrompts) {
    private static final String FILE = "README.md";

    /** Writes the card into the folder of the adapter. */
    public void writeInto(Path folder) {
        AtomicFiles.writeString(folder.resolve(FILE), text());
    }

    String text() {
        String base = config.model().name();
        return """
                ---
                base_model: %s
                library_name: peft
                pipeline_tag: text-generation
                tags: [text-to-sql, %s]
                ---
                # Text-to-SQL adapter for %s

                A %s adapter, in PEFT's files, that writes SQL. Trained with SqlTune.

                | | |
                |---|---|
                | base model | `%s` |
                | data | %s |
                | prompts | %s |
                | adapter | %s |
                | training | %s |
                | loss | %s |

                Losses are mean cross-entropies of a target token, in nats.

                ## Use

                With SqlTune, where `FOLDER` is the folder of this file; `sqltune.json` in it says how prompts are written:

                    %s

                With PEFT:

                    PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(%s), "FOLDER")
                """.formatted(
                        quoted(base),
                        config.lora().useDora() ? "lora, dora" : "lora",
                        base,
                        kind(),
                        base,
                        data(),
                        prompts(),
                        lora(),
                        training(),
                        loss(),
                        command(),
                        pretrained());
    }

    private String data() {
        DataSettings data = config.data();
        if (data.dataset() != Dataset.FILES) {
            return "`" + lowerCase(data.dataset()) + "`";
        }
        // The name alone: where a file lay is nobody else's business.
        Path file = data.trainFile();
        return file == null ? "files" : "`" + file.getFileName() + "`";
    }

    private String prompts() {
        return ownPrompts ? "as in the data" : "`" + promptKeys() + "`";
    }

    private String promptKeys() {
        DataSettings data = config.data();
        return "data.prompt_format=" + lowerCase(data.promptFormat()) + " data.schema_format="
                + lowerCase(data.schemaFormat());
    }

    private String kind() {
        LoraSettings lora = config.lora();
        return (lora.useRslora() ? "rank-stabilised " : "") + (lora.useDora() ? "DoRA" : "LoRA");
    }

    private String lora() {
        LoraSettings lora = config.lora();
        List<String> parts = new ArrayList<>(
                List.of(kind(), "r " + lora.r(), "alpha " + lora.loraAlpha(), "dropout " + lora.loraDropout()));
        if (!lora.rankPattern().isEmpty()) {
            parts.add("other ranks " + lora.rankPattern());
        }
        if (!lora.alphaPattern().isEmpty()) {
            parts.add("other alphas " + lora.alphaPattern());
        }
        if (lora.startsPrincipal()) {
            parts.add("begun as PiSSA and converted to twice the rank");
        }
        return String.join(", ", parts) + ", on " + String.join(", ", lora.targetModules());
    }

    private String training() {
        String steps = String.format(Locale.ROOT, "%,d steps, %,d examples", result.steps(), result.examples());
        return result.bestStep() == result.steps()
                ? steps
                : steps + String.format(Locale.ROOT, "; these are the weights of step %,d", result.bestStep());
    }

    private String loss() {
        Double eval = result.evalLoss();
        String train = String.format(Locale.ROOT, "%.4f in training, at the end", result.trainLoss());
        return eval == null ? train : train + String.format(Locale.ROOT, "; %.4f on the validation set", eval);
    }

    private String command() {
        String command = "sqltune infer --base-model " + quoted(config.model().name())
                + " --adapter-path FOLDER --db FILE.sqlite --interactive";
        String revision = AdapterBase.of(config.model()).revision();
        if (revision != null) {
            command += " model.revision=" + revision;
        }
        return command;
    }

    private String pretrained() {
        AdapterBase base = AdapterBase.of(config.model());
        return quoted(base.name()) + (base.revision() == null ? "" : ", revision=" + quoted(base.revision()));
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** For YAML, a shell and Python alike. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
