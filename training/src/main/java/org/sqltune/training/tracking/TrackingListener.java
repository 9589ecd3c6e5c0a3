package org.sqltune.training.tracking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.TrainingListener;

/** Forwards a run's events to its trackers. A tracker that fails is logged once and removed. */
public final class TrackingListener implements TrainingListener {
    private static final Logger log = LoggerFactory.getLogger(TrackingListener.class);

    private final RunConfig config;
    private final List<RunTracker> trackers;
    private int lastStep;

    TrackingListener(RunConfig config, List<RunTracker> trackers) {
        this.config = config;
        this.trackers = new ArrayList<>(trackers);
    }

    /**
     * Returns a listener for the trackers in {@code training.report_to}.
     *
     * @param environment environment variables, for example {@code MLFLOW_TRACKING_URI}
     * @param resume whether the run is resumed, so that its event files are continued
     */
    public static TrackingListener of(RunConfig config, Map<String, String> environment, boolean resume) {
        return new TrackingListener(config, Trackers.of(config, environment, resume));
    }

    @Override
    public void started(int stepsDone, int totalSteps, long trainableParameters, long allParameters) {
        lastStep = stepsDone;
        tell(tracker -> tracker.begin(config, stepsDone));
    }

    @Override
    public void logged(int step, Map<String, Double> values) {
        lastStep = step;
        tell(tracker -> tracker.log(step, values));
    }

    /** Reports the trained model's scores at the last step as {@code eval_…} and {@code test_…}, like the Trainer. */
    @Override
    public void scored(String set, String when, Evaluation evaluation) {
        if (!when.equals("after")) {
            return;
        }
        String prefix = set.equals("validation") ? "eval_" : set.toLowerCase(Locale.ROOT) + "_";
        Report report = evaluation.toReport(Provenance.UNKNOWN);
        Map<String, Double> values = new LinkedHashMap<>();
        report.headline()
                .forEach(column ->
                        report.value(column.name()).ifPresent(value -> values.put(prefix + column.name(), value)));
        if (!values.isEmpty()) {
            tell(tracker -> tracker.log(lastStep, values));
        }
    }

    @Override
    public void finished(PipelineResult result) {
        tell(tracker -> tracker.end(true));
    }

    @Override
    public void failed(Throwable failure) {
        tell(tracker -> tracker.end(false));
    }

    /** One call of a tracker. */
    private interface Call {
        void send(RunTracker tracker) throws IOException;
    }

    private void tell(Call message) {
        for (Iterator<RunTracker> each = trackers.iterator(); each.hasNext(); ) {
            RunTracker tracker = each.next();
            try {
                message.send(tracker);
            } catch (IOException | RuntimeException e) {
                log.warn(
                        "{} failed ({}) and is not called again for this run; training continues, and metrics.jsonl has every line",
                        tracker.name(),
                        e.getMessage() == null ? e.toString() : e.getMessage());
                log.debug("Failure of the tracker", e);
                each.remove();
            }
        }
    }
}
