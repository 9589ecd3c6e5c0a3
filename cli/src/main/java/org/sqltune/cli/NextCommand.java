package org.sqltune.cli;

import java.nio.file.Path;
import org.sqltune.core.config.DataSettings.Dataset;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.TrainingSettings.Method;

/** What to type after a run. */
final class NextCommand {
    private NextCommand() {}

    static String after(RunConfig config, Path finalModel) {
        String model = (config.training().method() == Method.LORA ? "--adapter-path " : "--base-model ") + finalModel;
        String task = config.data().dataset() == Dataset.DEMO
                ? " --db ecommerce --interactive"
                : " --interactive --db FILE.sqlite";
        return "sqltune infer " + model + task;
    }
}
