package org.sqltune.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.TrainingSettings.Method;

/** Warns of explicit keys that have no effect because of other keys. */
public final class IgnoredKeys {
    private static final Logger log = LoggerFactory.getLogger(IgnoredKeys.class);

    private static final String EPOCHS = "training.num_train_epochs";

    private IgnoredKeys() {}

    /**
     * Logs a warning for each.
     *
     * @param run the request, which has the explicit keys
     * @param config the resulting configuration
     */
    public static void tell(RunRequest run, RunConfig config) {
        of(run, config).forEach(log::warn);
    }

    /** Warns if a configuration names data and rows are read instead. */
    public static void tellOfData(RunConfig config, @Nullable Path rows) {
        Dataset dataset = config.data().dataset();
        // Without a configuration, the data is the demo's.
        if (rows != null && dataset != Dataset.DEMO) {
            log.warn(
                    "--input {} is read, so the data that the configuration names (data.dataset: {}) isn't: leave one of"
                            + " them out",
                    rows,
                    RunConfigWriter.toTree(config).at("/data/dataset").asText());
        }
    }

    static List<String> of(RunRequest run, RunConfig config) {
        Set<String> given = given(run);
        List<String> remarks = new ArrayList<>();
        Integer maxSteps = config.training().length().maxSteps();
        if (maxSteps != null && given.contains(EPOCHS)) {
            remarks.add(EPOCHS + " " + config.training().length().numTrainEpochs()
                    + " has no effect: training.max_steps " + maxSteps + " says how long the run is");
        }
        if (config.training().method() == Method.FULL) {
            List<String> adapters =
                    changed(config).stream().filter(given::contains).toList();
            if (!adapters.isEmpty()) {
                remarks.add(String.join(", ", adapters) + (adapters.size() == 1 ? " has" : " have")
                        + " no effect: training.method full trains no adapter");
            }
        }
        return remarks;
    }

    private static Set<String> given(RunRequest run) {
        Set<String> given = new LinkedHashSet<>();
        run.overrides().forEach(each -> given.add(each.replaceFirst("\\s*=.*", "")));
        if (run.config() != null) {
            given.addAll(RunConfigLoader.keysIn(run.config()));
        }
        return given;
    }

    /**
     * Returns the keys of section {@code lora} that differ from their defaults; the file of a finished run has all
     * keys.
     */
    private static List<String> changed(RunConfig config) {
        JsonNode usual = RunConfigWriter.toTree(RunConfig.defaults()).path("lora");
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each :
                RunConfigWriter.toTree(config).path("lora").properties()) {
            if (!each.getValue().equals(usual.path(each.getKey()))) {
                changed.add("lora." + each.getKey());
            }
        }
        return changed;
    }
}
