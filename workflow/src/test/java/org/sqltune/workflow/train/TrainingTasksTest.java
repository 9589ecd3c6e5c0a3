package org.sqltune.workflow.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.DescribeAdapter;
import org.sqltune.workflow.model.MergeAdapter;

/** A run told as tasks and notes, and what becomes of its adapter. */
class TrainingTasksTest {
    @TempDir
    private Path folder;

    @Test
    void aRunIsToldFromItsDataToItsScores() throws IOException {
        Recorded told = new Recorded();
        try (Workspace workspace = TestWorkspace.in(folder)) {
            TrainResult result = new Train(workspace).run(request(), told, new StopRequest());
            assertThat(result.page()).isNotEmptyFile();
            assertThat(result.finalModel()).isDirectory();
            Summary summary = result.summary();
            assertThat(summary.tables()).hasSize(1);
            assertThat(summary.tables().get(0).rows().get(0)).startsWith("validation: exact match", "1");

            Path merged = folder.resolve("merged");
            new MergeAdapter(workspace)
                    .run(new MergeAdapter.Request(result.finalModel(), null, merged, Long.MAX_VALUE), told);
            assertThat(merged.resolve("model.safetensors")).isNotEmptyFile();
            assertThat(new DescribeAdapter().run(result.finalModel()))
                    .containsEntry("kind", "LoRA")
                    .containsEntry("rank", "2");
        }
        assertThat(told.begun)
                .startsWith("Reading the data", "settled", "Scoring validation, before", "Training")
                .contains("Scoring validation, after")
                .endsWith("Merging");
        assertThat(told.notes).anyMatch(note -> note.startsWith("Training ") && note.contains("for 2 steps"));
        assertThat(told.notes).anyMatch(note -> note.startsWith("Step 2: eval loss "));
    }

    @Test
    void anEstimateSaysWhatTheRunWouldTake() throws IOException {
        try (Workspace workspace = TestWorkspace.in(folder)) {
            RunEstimate estimate = new Estimate(workspace).run(request().run(), TaskListener.NONE);
            assertThat(estimate.steps()).isEqualTo(2);
            assertThat(EstimateJson.of(estimate)).startsWith("{\"parameters\":").contains("\"fits\":true");
            assertThat(new EstimateSummary(estimate).summary().remarks())
                    .singleElement()
                    .asString()
                    .startsWith("Fits: ");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private TrainRequest request() throws IOException {
        String row = "{\"question\": \"Who?\", \"schema\": \"TABLE: staff ( name (text) )\", \"sql\": \"SELECT 1\"}\n";
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), row + row);
        return new TrainRequest(
                RunRequest.of(
                        null,
                        List.of(
                                "model.name="
                                        + TestWorkspace.tinyModel()
                                                .toAbsolutePath()
                                                .normalize(),
                                "lora.r=2",
                                "data.train_file=" + rows,
                                "data.validation_split=0.5",
                                "training.output_dir=" + folder.resolve("out"),
                                "training.max_steps=2",
                                "training.eval_steps=2",
                                "inference.max_new_tokens=1")),
                false);
    }

    private static final class Recorded implements RunListener {
        private final List<String> begun = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        @Override
        public ProgressListener began(String task) {
            begun.add(task);
            return ProgressListener.NONE;
        }

        @Override
        public void noted(String message) {
            notes.add(message);
        }

        @Override
        public TrainingListener settled(RunConfig config) {
            begun.add("settled");
            return new TrainingTasks(this, null);
        }
    }
}
