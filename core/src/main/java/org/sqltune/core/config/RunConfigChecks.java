package org.sqltune.core.config;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DatasetOrigin;
import org.sqltune.core.config.settings.DecodingSettings;
import org.sqltune.core.config.settings.LoraSettings;
import org.sqltune.core.config.settings.MixPart;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.config.settings.OptimizerSettings;
import org.sqltune.core.config.settings.ReportingSettings;
import org.sqltune.core.config.settings.ReportingSettings.Tracker;
import org.sqltune.core.config.settings.SelectionSettings;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.core.config.settings.TrainingSettings.Init;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.core.text.NearestNames;

/** What no key can say of itself: settings that contradict each other, and files that aren't there. */
final class RunConfigChecks {
    private final ConfigReader reader;
    private final Predicate<Path> exists;

    RunConfigChecks(ConfigReader reader, Predicate<Path> exists) {
        this.reader = reader;
        this.exists = exists;
    }

    void check(RunConfig config) {
        checkDataset(config.data());
        checkTemplates(config.data());
        checkMethod(config);
        checkAdapter(config);
        new ScheduleChecks(reader).check(config.training());
        checkSelection(config.training());
        checkTrackers(config.training().reporting());
        checkDecoding(config.inference().decoding());
        checkFiles(config);
    }

    private void checkDataset(DataSettings data) {
        if (reader.isFaulty("data.dataset")) {
            return;
        }
        boolean namesFiles = data.trainFile() != null || data.validationFile() != null || data.testFile() != null;
        if (data.dataset() != Dataset.FILES && namesFiles) {
            reader.fault(
                    "data.dataset",
                    "contradicts data.train_file, validation_file or test_file: leave out the data set or the files");
        }
        if (data.dataset() == Dataset.FILES && !namesFiles) {
            reader.fault("data.dataset", "needs data.train_file (to train) or data.test_file (to evaluate)");
        }
        if ((data.dataset() == Dataset.MIX) == data.mix().isEmpty()) {
            reader.fault(
                    "data.mix",
                    "goes with data.dataset mix alone: leave out the data set, or give the mixture's parts");
        }
        boolean takesPath = !Set.of(Dataset.FILES, Dataset.DEMO, Dataset.MIX).contains(data.dataset());
        Optional<DatasetOrigin> origin = DatasetOrigin.of(data.dataset());
        boolean onHub = origin.filter(DatasetOrigin::isOnHub).isPresent();
        if (takesPath && !onHub && !namesFiles && data.path() == null) {
            reader.fault(
                    "data.dataset",
                    "needs data.path, the folder or file that holds this data set"
                            + origin.map(from -> ": " + from.howToGet("there")).orElse(""));
        }
        if (!takesPath && data.path() != null) {
            reader.fault("data.path", "names no data set: set data.dataset (such as spider), or leave the path out");
        }
        boolean ownRows = data.dataset() == Dataset.FILES || data.dataset() == Dataset.MIX;
        if (!ownRows && data.source().database() != null) {
            reader.fault("data.database", "is for data.train_file: a named data set brings its schemas");
        }
        if (!ownRows && !data.source().columns().isEmpty()) {
            reader.fault("data.columns", "is for data.train_file: a named data set has its own names");
        }
        if (data.validationFile() != null && data.validationSplit() > 0) {
            reader.fault("data.validation_split", "contradicts data.validation_file: leave one of them out");
        }
    }

    private void checkTemplates(DataSettings data) {
        TemplateSettings templates = data.templates();
        boolean own = templates.promptTemplate() != null;
        if (!reader.isFaulty("data.prompt_format") && own != (data.promptFormat() == PromptFormat.TEMPLATE)) {
            reader.fault(
                    "data.prompt_format",
                    own
                            ? "contradicts data.prompt_template: leave one of them out"
                            : "needs data.prompt_template, the file of your prompt");
        }
        checkTemplate("data.prompt_template", templates.promptTemplate());
        checkTemplate("data.glossary", data.knowledge().glossary());
        checkTemplate("data.examples", data.knowledge().examples());
        checkTemplate("data.documentation", data.knowledge().documentation());
        String chat = templates.chatTemplate();
        if (chat != null && !chat.equals(TemplateSettings.OF_MODEL)) {
            checkTemplate("data.chat_template", chat);
        }
    }

    private void checkTemplate(String key, @Nullable String template) {
        if (template != null && !TemplateSettings.isText(template)) {
            checkExists(key, Path.of(template));
        }
    }

    private void checkMethod(RunConfig config) {
        TrainingSettings training = config.training();
        if (training.method() == Method.FULL && training.initAdapter() != null) {
            reader.fault("training.init_adapter", "contradicts training.method full, which trains no adapter");
        }
        if (training.method() == Method.FULL && config.model().quantization() != ModelSettings.Quantization.NONE) {
            reader.fault("model.quantization", "contradicts training.method full: only frozen weights are quantised");
        }
        if (training.method() == Method.LORA && training.init() != Init.PRETRAINED) {
            reader.fault("training.init", "an adapter of random weights is of no use: set training.method: full");
        }
    }

    private void checkAdapter(RunConfig config) {
        LoraSettings lora = config.lora();
        TrainingSettings training = config.training();
        OptimizerSettings optimizer = training.optimizer();
        if (training.method() == Method.LORA && lora.startsPrincipal()) {
            if (lora.useDora()) {
                reader.fault("lora.use_dora", "contradicts init_lora_weights pissa, which is saved as plain LoRA");
            }
            if (training.initAdapter() != null) {
                reader.fault(
                        "lora.init_lora_weights", "contradicts training.init_adapter, which brings its own weights");
            }
            if (config.model().quantization() != ModelSettings.Quantization.NONE) {
                reader.fault(
                        "lora.init_lora_weights",
                        "takes weights apart, which quantised ones can't be: set model.quantization: none");
            }
        }
        if (optimizer.loraplusLrRatio() != null
                && (training.method() == Method.FULL || optimizer.optim() != OptimizerSettings.Optim.ADAMW)) {
            reader.fault("training.loraplus_lr_ratio", "is for training.method lora with training.optim adamw");
        }
    }

    private void checkSelection(TrainingSettings training) {
        SelectionSettings selection = training.selection();
        if (selection.earlyStoppingPatience() != null && training.intervals().evalSteps() == 0) {
            reader.fault("training.early_stopping_patience", "counts evaluations: set training.eval_steps above 0");
        }
    }

    private void checkTrackers(ReportingSettings reporting) {
        if (reporting.reportTo().contains(Tracker.NONE) && reporting.reportTo().size() > 1) {
            reader.fault("training.report_to", "none contradicts the others: leave it or them out");
        }
    }

    private void checkDecoding(DecodingSettings decoding) {
        if (decoding.numBeams() > 1 && decoding.temperature() > 0) {
            reader.fault(
                    "inference.num_beams", "contradicts inference.temperature above 0: beam search doesn't sample");
        }
    }

    private void checkFiles(RunConfig config) {
        if (looksLocal(config.model().name())) {
            checkExists("model.name", Path.of(config.model().name()));
        }
        checkDataPath(config.data());
        for (int i = 0; i < config.data().mix().size(); i++) {
            MixPart part = config.data().mix().get(i);
            checkExists("data.mix." + i + ".file", part.file());
            checkPart("data.mix." + i + ".path", part);
        }
        checkExists("data.train_file", config.data().trainFile());
        checkExists("data.validation_file", config.data().validationFile());
        checkExists("data.test_file", config.data().testFile());
        checkExists("training.init_adapter", config.training().initAdapter());
        checkExists("evaluation.database_path", config.evaluation().databasePath());
    }

    private void checkPart(String key, MixPart part) {
        Path path = part.path();
        boolean onHub =
                DatasetOrigin.of(part.dataset()).filter(DatasetOrigin::isOnHub).isPresent();
        if (path == null && part.dataset() != Dataset.FILES && part.dataset() != Dataset.DEMO && !onHub) {
            reader.fault(
                    key,
                    "is missing: name the folder or file of " + part.dataset().key());
        }
        if (path != null && !(onHub && namesHub(path))) {
            checkExists(key, path);
        }
    }

    /** A data set that the hub has may be named as it is there. */
    private void checkDataPath(DataSettings data) {
        Path path = data.path();
        Optional<DatasetOrigin> origin = DatasetOrigin.of(data.dataset());
        if (path == null
                || exists.test(path)
                || (origin.filter(DatasetOrigin::isOnHub).isPresent() && namesHub(path))) {
            return;
        }
        checkExists(
                "data.path",
                path,
                origin.map(from -> "; " + from.howToGet("there")).orElse(""));
    }

    private static boolean namesHub(Path path) {
        return !path.isAbsolute() && path.getNameCount() == 2 && !path.startsWith(".") && !path.startsWith("..");
    }

    /** Whether a model's name can only be a folder; {@code org/name} may also be a name on the hub. */
    private static boolean looksLocal(String modelName) {
        return modelName.startsWith(".") || new File(modelName).isAbsolute();
    }

    private void checkExists(String key, @Nullable Path path) {
        checkExists(key, path, "");
    }

    private void checkExists(String key, @Nullable Path path, String remedy) {
        if (path != null && !exists.test(path)) {
            String suggestion = NearestNames.pathSuggestion(path);
            reader.fault(
                    key,
                    "there is no such file or folder"
                            + (suggestion.isEmpty()
                                    ? "; relative paths start at " + Path.of("").toAbsolutePath()
                                    : suggestion)
                            + remedy);
        }
    }
}
