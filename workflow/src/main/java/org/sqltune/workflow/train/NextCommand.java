package org.sqltune.workflow.train;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.core.text.Secrets;

/**
 * What to type after a run.
 *
 * @param program how this program is called where it runs
 */
public record NextCommand(String program) {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    /**
     * In the words this process was started with, so that the line can be copied.
     *
     * @param classPath the process's class path: with {@code java -jar}, the jar as it was typed
     */
    public static NextCommand of(String classPath) {
        boolean jar = classPath.endsWith(".jar") && classPath.indexOf(File.pathSeparatorChar) < 0;
        return new NextCommand(jar ? "java -jar " + quoted(classPath) : "sqltune");
    }

    /** Returns what to try with what was trained. */
    public String after(RunConfig config, Path finalModel) {
        String model = config.training().method() == Method.LORA ? "--adapter-path " : "--base-model ";
        String task = config.data().dataset() == Dataset.DEMO
                ? " --db ecommerce --interactive"
                : " --interactive --db FILE.sqlite";
        return program + " infer " + model + quoted(finalModel.toString()) + task;
    }

    /**
     * Returns what goes on with a run.
     *
     * @param typed the arguments it was started with
     */
    public String resuming(List<String> typed) {
        List<String> arguments = new ArrayList<>(typed);
        if (!arguments.contains("--resume")) {
            arguments.add("--resume");
        }
        return program + " " + arguments.stream().map(NextCommand::word).collect(Collectors.joining(" "));
    }

    /** Returns an argument as a shell takes it for one, without a password. */
    private static String word(String typed) {
        String argument = Secrets.withoutSecrets(typed);
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String quoted(String path) {
        return path.indexOf(' ') < 0 ? path : '"' + path + '"';
    }
}
