package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.synthesis.pretraining.PretrainingStage;
import org.sqltune.workflow.TaskListener;

class WriteCorpusTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path output;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        output = folder.resolve("corpus.jsonl");
    }

    @Test
    void asManyExamplesAsAskedForAreWrittenAndCounted() {
        WriteCorpus.Result result = new WriteCorpus().run(request(30, 6, null, 1), fixture);

        assertThat(result).isEqualTo(new WriteCorpus.Result(output, 30));
        List<PromptCompletion> rows = PromptCompletionFile.read(output);
        assertThat(rows).hasSize(30).allSatisfy(row -> assertThat(row.prompt()).contains("[/INST]"));
        assertThat(fixture.tasks).containsExactly("Writing the corpus");
        assertThat(fixture.progress).hasSize(30).startsWith("1/30").endsWith("30/30");
    }

    @Test
    void theSeedDecidesEverything() {
        new WriteCorpus().run(request(12, 6, null, 1), TaskListener.NONE);
        List<PromptCompletion> first = PromptCompletionFile.read(output);
        new WriteCorpus().run(request(12, 6, null, 1), TaskListener.NONE);
        assertThat(PromptCompletionFile.read(output)).isEqualTo(first);
        new WriteCorpus().run(request(12, 6, null, 2), TaskListener.NONE);
        assertThat(PromptCompletionFile.read(output)).isNotEqualTo(first);
    }

    @Test
    void aCorpusThatEndsWithTheEasiestPhaseHasNoBorrowedQuestions() {
        Path borrowed = fixture.file(
                "people.jsonl",
                IntStream.range(0, 20)
                        .mapToObj(i ->
                                "{\"prompt\": \"asked by people " + i + "\", \"completion\": \"SELECT " + i + "\"}\n")
                        .collect(Collectors.joining()));

        WriteCorpus.Result result = new WriteCorpus().run(request(200, 2, borrowed, 1), fixture);

        assertThat(PromptCompletionFile.read(output))
                .hasSize(200)
                .noneMatch(row -> row.prompt().startsWith("asked by people"));
        assertThat(result.rows()).isEqualTo(200);
        assertThat(fixture.progress).endsWith("200/200");
    }

    @Test
    void whatCannotBeMeantIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> new WriteCorpus().run(request(10, 0, null, 1), fixture))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("questions per schema is 0");
        fixture.file("people.jsonl", "");
        assertThatThrownBy(() -> new WriteCorpus().run(request(10, 2, folder.resolve("poeple.jsonl"), 1), fixture))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean " + folder.resolve("people.jsonl"));
        assertThat(output).doesNotExist();
        assertThat(fixture.tasks).isEmpty();
    }

    private WriteCorpus.Request request(long examples, int perSchema, Path borrowed, long seed) {
        return new WriteCorpus.Request(output, examples, perSchema, PretrainingStage.ONE_TABLE, borrowed, seed);
    }
}
