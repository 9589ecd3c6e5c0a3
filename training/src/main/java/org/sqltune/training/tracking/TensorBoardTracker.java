package org.sqltune.training.tracking;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigWriter;

/**
 * Writes TensorBoard event files, with the tags of the Hugging Face Trainer's callback: {@code eval_x} is {@code eval/x},
 * {@code test_x} is {@code test/x}, and any other {@code x} is {@code train/x}. A resumed run adds a file to its folder.
 */
final class TensorBoardTracker implements RunTracker {
    private final Path folder;
    private final String host;
    private final Clock clock;
    private @Nullable OutputStream out;

    /**
     * @param folder folder of the event files
     * @param host this machine's name, for the file's name
     */
    TensorBoardTracker(Path folder, String host, Clock clock) {
        this.folder = folder;
        this.host = host;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "TensorBoard";
    }

    @Override
    public void begin(RunConfig config, int stepsDone) throws IOException {
        Files.createDirectories(folder);
        out = Files.newOutputStream(newFile(), StandardOpenOption.CREATE_NEW);
        events().fileVersion(seconds());
        if (stepsDone > 0) {
            events().sessionStart(seconds(), stepsDone + 1L);
        }
        events().text(seconds(), 0, "args", markdown(RunConfigWriter.toPublicYaml(config)));
    }

    /**
     * Returns a name that sorts after those of earlier files, because TensorBoard reads files in order of their names.
     */
    private Path newFile() {
        String start = "events.out.tfevents." + clock.millis() / 1000 + "." + host + "."
                + ProcessHandle.current().pid() + ".";
        int number = 0;
        while (Files.exists(folder.resolve(start + number))) {
            number++;
        }
        return folder.resolve(start + number);
    }

    /** Indents every line by four spaces, which makes it code in Markdown. */
    private static String markdown(String yaml) {
        return yaml.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
    }

    @Override
    public void log(int step, Map<String, Double> values) throws IOException {
        Map<String, Double> tagged = new LinkedHashMap<>();
        values.forEach((name, value) -> tagged.put(tag(name), value));
        events().scalars(seconds(), step, tagged);
    }

    private static String tag(String name) {
        for (String part : new String[] {"eval", "test"}) {
            if (name.startsWith(part + "_")) {
                return part + "/" + name.substring(part.length() + 1);
            }
        }
        return "train/" + name;
    }

    @Override
    public void end(boolean succeeded) throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    private TensorBoardEvents events() {
        if (out == null) {
            throw new IllegalStateException("not begun");
        }
        return new TensorBoardEvents(out);
    }

    private double seconds() {
        return clock.millis() / 1e3;
    }
}
