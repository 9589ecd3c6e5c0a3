package org.sqltune.workflow.phases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.core.io.FileHashes;
import org.sqltune.core.text.Failures;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.training.RunInterruptedException;
import org.sqltune.training.StopRequest;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.deploy.Deploy;
import org.sqltune.workflow.deploy.DeployRequest;
import org.sqltune.workflow.deploy.DeployResult;
import org.sqltune.workflow.deploy.DeploymentScores;
import org.sqltune.workflow.deploy.TestDeployment;
import org.sqltune.workflow.deploy.TestDeploymentRequest;
import org.sqltune.workflow.evaluate.ReportRequest;
import org.sqltune.workflow.phases.PhaseRecord.State;
import org.sqltune.workflow.phases.PhasesResult.Ended;
import org.sqltune.workflow.train.RunListener;
import org.sqltune.workflow.train.Train;
import org.sqltune.workflow.train.TrainRequest;
import org.sqltune.workflow.train.TrainResult;

/**
 * Runs a run's phases in their order: training, deployment to Ollama, test of what was deployed. Each that ends is recorded in
 * {@code phases.json}; a resumed run goes on with the first that isn't done. What can't be deployed is found before anything is
 * trained.
 */
public final class RunPhases {
    private final Workspace workspace;

    /** @param workspace where models and data are found */
    public RunPhases(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Runs them.
     *
     * @param listener is also told which phase begins and how it ended
     * @param stop ends training after its step
     * @throws ConfigException if the configuration has faults
     * @throws SqlTuneException if a phase fails; says which
     */
    public PhasesResult run(PhasesRequest request, RunListener listener, StopRequest stop) {
        if (request.mode() == Mode.TRAIN) {
            TrainResult trained = new Train(workspace).run(request.train(), listener, stop);
            return new PhasesResult(List.of(), trained, null, null);
        }
        RunConfig config = request.train()
                .run()
                .load(new RunConfigLoader(Files::exists, workspace.loader().devices()));
        new Deploy(workspace).check(config, request.modelName(), request.mode().trains());
        return new Work(request, config, listener, stop).run();
    }

    /** One run's phases while they go on. */
    private final class Work {
        private final PhasesRequest request;
        private final RunConfig config;
        private final RunListener listener;
        private final StopRequest stop;
        private final Path folder;
        private final Path finalModel;
        private final PhaseFile file;
        private final List<Ended> ended = new ArrayList<>();
        private @Nullable TrainResult trained;
        private @Nullable DeployResult deployed;
        private @Nullable DeploymentScores tested;

        Work(PhasesRequest request, RunConfig config, RunListener listener, StopRequest stop) {
            this.request = request;
            this.config = config;
            this.listener = listener;
            this.stop = stop;
            folder = config.training().outputDir();
            finalModel = folder.resolve("final_model");
            file = PhaseFile.in(folder);
        }

        PhasesResult run() {
            boolean training = request.mode().trains() && !isTrained();
            if (!training) {
                if (!Files.isDirectory(finalModel)) {
                    throw new ConfigException(
                            "--mode",
                            List.of("there is no trained model " + finalModel + ": train first (--mode full)"));
                }
                // Training opens the log by itself.
                listener.settled(config);
            }
            for (Phase phase : request.mode().phases()) {
                switch (phase) {
                    case TRAIN -> phase(phase, !training, this::configHash, this::train);
                    case DEPLOY -> phase(phase, isDeployed(), this::weightsHash, this::deploy);
                    case TEST -> phase(phase, isTested(), this::weightsHash, this::test);
                }
            }
            return new PhasesResult(ended, trained, deployed, tested);
        }

        private void phase(Phase phase, boolean skipped, Supplier<String> hash, Supplier<String> work) {
            String place = "Phase " + phase.word();
            Optional<PhaseRecord> before = file.of(phase);
            if (skipped && before.isPresent()) {
                listener.noted(place + ": done before, " + before.get().result());
                ended.add(new Ended(
                        phase, true, before.get().seconds(), before.get().result()));
                return;
            }
            listener.noted(place + " begins");
            long start = System.nanoTime();
            try {
                String result = work.get();
                double seconds = seconds(start);
                record(phase, State.DONE, seconds, hash.get(), result);
                listener.noted(String.format(Locale.ROOT, "%s: done in %.0f s, %s", place, seconds, result));
                ended.add(new Ended(phase, false, seconds, result));
            } catch (RunInterruptedException | ConfigException e) {
                throw e;
            } catch (SqlTuneException e) {
                record(phase, State.FAILED, seconds(start), null, String.valueOf(e.getMessage()));
                throw new SqlTuneException(
                        place + " failed: " + e.getMessage() + " (what earlier phases made stays: go on with --resume)",
                        e);
            }
        }

        private void record(Phase phase, State state, double seconds, @Nullable String of, String result) {
            file.put(phase, new PhaseRecord(state, Instant.now().toString(), seconds, of, result));
        }

        private static double seconds(long start) {
            return (System.nanoTime() - start) / 1e9;
        }

        private boolean isTrained() {
            return request.train().resume() && Files.isDirectory(finalModel) && isDone(Phase.TRAIN, configHash());
        }

        private boolean isDeployed() {
            return request.mode() == Mode.FULL
                    && request.train().resume()
                    && trained == null
                    && isDone(Phase.DEPLOY, weightsHash())
                    && new Deploy(workspace).has(deployRequest());
        }

        private boolean isTested() {
            return request.mode() == Mode.FULL
                    && request.train().resume()
                    && deployed == null
                    && isDone(Phase.TEST, weightsHash());
        }

        private boolean isDone(Phase phase, String with) {
            return file.of(phase).filter(record -> record.isDoneWith(with)).isPresent();
        }

        private String train() {
            TrainRequest train = request.train();
            TrainResult result = new Train(workspace).run(train, listener, stop);
            trained = result;
            return result.run().training().steps() + " steps, " + result.finalModel();
        }

        private String deploy() {
            DeployResult result = new Deploy(workspace).run(deployRequest(), listener);
            deployed = result;
            return result.name() + " at " + result.server();
        }

        private String test() {
            Path reports = folder.resolve("deployment").resolve("test");
            DeploymentScores result = new TestDeployment(workspace)
                    .run(new TestDeploymentRequest(model(), name(), null, ReportRequest.into(reports)), listener);
            tested = result;
            return result.inWords() + ", " + reports.resolve("report.html");
        }

        private DeployRequest deployRequest() {
            return DeployRequest.of(model(), name(), GgufFileType.Q8_0);
        }

        private @Nullable String name() {
            return request.modelName();
        }

        /** What was trained, with the configuration of its run. */
        private ModelRequest model() {
            List<String> keys = new ArrayList<>(request.keysAfterTraining());
            if (config.training().method() == Method.FULL) {
                keys.add("model.name=" + finalModel);
                return new ModelRequest(RunRequest.of(null, keys), null);
            }
            return new ModelRequest(RunRequest.of(null, keys), finalModel);
        }

        private String configHash() {
            MessageDigest digest = FileHashes.sha256();
            digest.update(RunConfigWriter.toPublicYaml(config).getBytes(StandardCharsets.UTF_8));
            return FileHashes.hex(digest);
        }

        private String weightsHash() {
            try (Stream<Path> files = Files.list(finalModel)) {
                MessageDigest digest = FileHashes.sha256();
                for (Path each : files.filter(path -> path.toString().endsWith(".safetensors"))
                        .sorted()
                        .toList()) {
                    digest.update(FileHashes.read(each).getBytes(StandardCharsets.US_ASCII));
                }
                return FileHashes.hex(digest);
            } catch (IOException e) {
                throw new SqlTuneException("Can't read " + finalModel + ": " + Failures.reason(e), e);
            }
        }
    }
}
