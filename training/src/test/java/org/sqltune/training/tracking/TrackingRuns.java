package org.sqltune.training.tracking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;

/** What a run tells its trackers, without a run. */
final class TrackingRuns {
    private TrackingRuns() {}

    static RunConfig config(Path output, String... overrides) {
        List<String> all = new ArrayList<>(List.of("training.output_dir=" + output, "model.name=größer/model"));
        all.addAll(List.of(overrides));
        return new RunConfigLoader(path -> true).load("test", "", all);
    }

    static Map<String, Double> step(double loss) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("epoch", 0.5);
        values.put("loss", loss);
        values.put("learning_rate", 2e-4);
        values.put("grad_norm", 1.5);
        return values;
    }

    static Map<String, Double> evaluation(double loss) {
        return Map.of("eval_loss", loss);
    }
}
