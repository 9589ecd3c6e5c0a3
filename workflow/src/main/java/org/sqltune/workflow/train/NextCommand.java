package org.sqltune.workflow.train;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.core.text.Secrets;

/**
 * Suggests commands after a run.
 *
 * @param program the command that starts this program
 */
public record NextCommand(String program) {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    /**
     * Returns suggestions with the command that started this process, so that users can copy them.
     *
     * @param classPath the process's class path; with {@code java -jar} the jar as typed
     */
    public static NextCommand of(String classPath) {
        boolean jar = classPath.endsWith(".jar") && classPath.indexOf(File.pathSeparatorChar) < 0;
        return new NextCommand(jar ? "java -jar " + quoted(classPath) : "sqltune");
    }

    /** Like {@link #of}, with this process's class path. */
    public static NextCommand ofProcess() {
        return of(System.getProperty("java.class.path", ""));
    }

    /** Returns a command that tries the trained model. */
    public String after(RunConfig config, Path finalModel) {
        String model = config.training().method() == Method.LORA ? "--adapter-path " : "--base-model ";
        String task = config.data().dataset() == Dataset.DEMO
                ? " --db ecommerce --interactive"
                : " --interactive --db FILE.sqlite";
        return program + " infer " + model + quoted(finalModel.toString()) + task;
    }

    /**
     * Returns a command that asks an adapter about a database.
     *
     * @param database the database, as {@code --db} takes it
     * @param further further arguments
     */
    public String asking(Path adapter, String database, String... further) {
        return Stream.concat(
                        Stream.of(program, "infer", "--adapter-path", word(adapter.toString()), "--db", word(database)),
                        Arrays.stream(further).map(NextCommand::word))
                .collect(Collectors.joining(" "));
    }

    /**
     * Returns the command that resumes a run.
     *
     * @param typed the original arguments
     */
    public String resuming(List<String> typed) {
        List<String> arguments = new ArrayList<>(typed);
        if (!arguments.contains("--resume")) {
            arguments.add("--resume");
        }
        return program + " " + arguments.stream().map(NextCommand::word).collect(Collectors.joining(" "));
    }

    /** Returns an argument quoted for a shell, without a password. */
    private static String word(String typed) {
        String argument = Secrets.withoutSecrets(typed);
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String quoted(String path) {
        return path.indexOf(' ') < 0 ? path : '"' + path + '"';
    }
}
