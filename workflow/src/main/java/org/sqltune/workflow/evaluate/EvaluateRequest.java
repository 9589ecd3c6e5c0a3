package org.sqltune.workflow.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.workflow.ConfigSource;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.RunRequest;

/**
 * An evaluation request.
 *
 * @param model the model and the configuration
 * @param data a JSON Lines file to score instead of the configuration's data; null for the latter
 * @param answers a file of answers to score instead of the model's; null to use the model
 * @param baseline whether to score the base model without the adapter too, and compare both
 * @param calibrate whether to fit confidence to the validation part's answers, and keep it beside the model
 * @param reports the output of reports
 */
public record EvaluateRequest(
        ModelRequest model,
        @Nullable Path data,
        @Nullable Path answers,
        boolean baseline,
        boolean calibrate,
        ReportRequest reports) {
    /** A request that only scores. */
    public EvaluateRequest(
            ModelRequest model, @Nullable Path data, @Nullable Path answers, boolean baseline, ReportRequest reports) {
        this(model, data, answers, baseline, false, reports);
    }

    /**
     * @throws ConfigException if a baseline is requested without an adapter, or an adapter is given with a file of
     *     answers
     */
    public EvaluateRequest {
        List<String> faults = new ArrayList<>();
        if (baseline && answers != null) {
            faults.add(
                    "--baseline needs a model and can't go with --answers; compare two reports with sqltune compare");
        } else if (baseline && model.adapter() == null) {
            faults.add("--baseline scores the base of an adapter: name one with --adapter-path");
        }
        if (answers != null && model.adapter() != null) {
            faults.add(
                    "--adapter-path has no effect on --answers, which are scored as they are: leave one of them out");
        }
        if (calibrate && (answers != null || data != null || baseline)) {
            faults.add(
                    "--calibrate asks the adapter the data's validation part: leave out --answers, --data and --baseline");
        }
        if (calibrate && model.adapter() == null) {
            faults.add("--calibrate keeps what it finds beside an adapter: name one with --adapter-path");
        }
        if (!faults.isEmpty()) {
            throw new ConfigException("the command line", faults);
        }
    }

    /** Returns a request for an adapter, with the data and prompts of the run that made it. */
    public static EvaluateRequest of(Path adapter, ReportRequest reports) {
        return new EvaluateRequest(ModelRequest.of(null, adapter), null, null, false, reports);
    }

    /** Returns whether the request sets the metrics explicitly. */
    boolean namesMetrics() {
        return model.run().overrides().stream().anyMatch(each -> each.startsWith("evaluation.metrics="));
    }

    /**
     * Loads the configuration: the given file, else that of the run that made the model, else the demo's.
     *
     * @throws ConfigException if it has faults, or a file isn't there
     */
    public RunConfig load() {
        new NamedPaths().file("--answers", answers).check();
        RunRequest run = model.run();
        if (data != null) {
            run = run.withWeaker(List.of(
                    "data.dataset=files",
                    "data.path=null",
                    "data.train_file=null",
                    "data.validation_file=null",
                    "data.validation_split=0",
                    "data.test_file=" + data));
        }
        ConfigSource otherwise = run.namesData() ? ConfigSource.defaults() : ConfigSource.demo();
        return new ModelRequest(run, model.adapter()).load(new RunConfigLoader(), otherwise);
    }
}
