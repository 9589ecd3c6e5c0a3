package org.sqltune.cli;

import java.io.File;
import java.nio.file.Path;
import org.sqltune.core.config.DataSettings.Dataset;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.TrainingSettings.Method;

/**
 * What to type after a run.
 *
 * @param program how this program is called where it runs
 */
record NextCommand(String program) {
    /**
     * In the words this process was started with, so that the line can be copied.
     *
     * @param classPath the process's class path: with {@code java -jar}, the jar as it was typed
     */
    static NextCommand of(String classPath) {
        boolean jar = classPath.endsWith(".jar") && classPath.indexOf(File.pathSeparatorChar) < 0;
        return new NextCommand(jar ? "java -jar " + quoted(classPath) : "sqltune");
    }

    String after(RunConfig config, Path finalModel) {
        String model = config.training().method() == Method.LORA ? "--adapter-path " : "--base-model ";
        String task = config.data().dataset() == Dataset.DEMO
                ? " --db ecommerce --interactive"
                : " --interactive --db FILE.sqlite";
        return program + " infer " + model + quoted(finalModel.toString()) + task;
    }

    private static String quoted(String path) {
        return path.indexOf(' ') < 0 ? path : '"' + path + '"';
    }
}
