package org.sqltune.workflow.train;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.TrainingListener;

/**
 * Writes a run's events to a log, with one line per line of metrics.jsonl.
 *
 * @param run the log
 */
public record RunLogLines(Logger run) implements TrainingListener {
    @Override
    public void logged(int step, Map<String, Double> values) {
        run.info(
                "step {}: {}",
                step,
                values.entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "%s %.5g", each.getKey(), each.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public void saved(Path checkpoint) {
        run.info("Saved {}", checkpoint);
    }

    @Override
    public ProgressListener scoring(String set, String when) {
        run.info("Scoring {}, {}", set, when);
        return ProgressListener.NONE;
    }

    @Override
    public void finished(PipelineResult result) {
        run.info(
                "Done: {} steps, {}",
                result.training().steps(),
                result.training().finalModel());
    }

    @Override
    public void failed(Throwable failure) {
        run.error("The run broke off", failure);
    }
}
