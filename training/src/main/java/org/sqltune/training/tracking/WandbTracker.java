package org.sqltune.training.tracking;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;

/**
 * Sends the TensorBoard event files to Weights &amp; Biases after the run, with the user's own {@code wandb} program
 * (docs.wandb.ai/ref/cli/wandb-sync): there is no client for Java. That program reads {@code WANDB_PROJECT} and the
 * other {@code WANDB_} variables.
 */
final class WandbTracker implements RunTracker {
    private static final Logger log = LoggerFactory.getLogger(WandbTracker.class);
    private static final int LIMIT_MINUTES = 10;
    private static final List<String> NAMES = List.of("wandb", "wandb.exe");
    private static final String OUTPUT = "wandb.log";

    private final Path events;
    private final Map<String, String> environment;
    private Path output;

    /**
     * @param events folder of the event files
     * @param environment environment variables; {@code PATH} locates the program, {@code WANDB_} ones are passed to it
     */
    WandbTracker(Path events, Map<String, String> environment) {
        this.events = events;
        this.environment = environment;
        this.output = events.resolve(OUTPUT);
    }

    @Override
    public String name() {
        return "wandb";
    }

    @Override
    public void begin(RunConfig config, int stepsDone) {
        output = config.training().outputDir().resolve(OUTPUT);
        if (program().isEmpty()) {
            log.info(
                    "wandb isn't on the PATH. When the run is done: pip install wandb && wandb login && {}", command());
        }
    }

    @Override
    public void log(int step, Map<String, Double> values) {
        // The event files already hold these numbers.
    }

    @Override
    public void end(boolean succeeded) throws IOException {
        Optional<Path> program = program();
        if (program.isEmpty() || !isOnline()) {
            log.info("To send the run to Weights & Biases: {}", command());
            return;
        }
        log.info("Sending {} with wandb", events);
        ProcessBuilder builder = new ProcessBuilder(
                        program.get().toString(), "sync", "--sync-tensorboard", events.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        environment.forEach((key, value) -> {
            if (key.startsWith("WANDB_")) {
                builder.environment().put(key, value);
            }
        });
        await(builder.start());
    }

    private void await(Process process) throws IOException {
        // Closes standard input, because nobody can answer if wandb asks for a key.
        process.getOutputStream().close();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroy();
                throw new IOException("wandb did not finish within " + LIMIT_MINUTES + " minutes; try: " + command());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("wandb failed, " + output + " says why; afterwards: wandb login && " + command());
        }
    }

    private boolean isOnline() {
        return environment.getOrDefault("WANDB_MODE", "online").equals("online")
                && environment.getOrDefault("WANDB_DISABLED", "").isEmpty();
    }

    private String command() {
        return "wandb sync --sync-tensorboard " + events;
    }

    private Optional<Path> program() {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
