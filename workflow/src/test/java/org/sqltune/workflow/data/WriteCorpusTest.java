package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
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

    @Test
    void peoplesQuestionsComeAsOftenAsGeneratedOnesButForExcludedAndHeldOutOnes() throws IOException {
        Path heldOut = folder.resolve("held-out.jsonl");
        Path excluded = fixture.file("excluded.jsonl", "{\"question\": \"how old is dog 1 of farm 3\"}\n");
        WriteCorpus.Request request =
                new WriteCorpus.Request(output, 140, 4, null, null, List.of(people()), List.of(excluded), heldOut, 1);

        long rows = new WriteCorpus().run(request, TaskListener.NONE).rows();

        List<PromptCompletion> all = PromptCompletionFile.read(output);
        assertThat(all).hasSize((int) rows);
        assertThat(rows - 140).isBetween(110L, 130L);
        assertThat(all)
                .filteredOn(row -> row.completion().startsWith("SELECT age FROM dog WHERE name = 'Dog "))
                .hasSize((int) rows - 140);
        assertThat(all).noneMatch(row -> row.prompt().toLowerCase(Locale.ROOT).contains("dog 1 of farm 3?"));
        List<PromptCompletion> held = PromptCompletionFile.read(heldOut);
        assertThat(held).isNotEmpty().hasSizeLessThan(60);
        assertThat(farms(held)).isNotEmpty().doesNotContainAnyElementsOf(farms(all));
    }

    @Test
    void borrowedAndNaturalQuestionsContradictEachOther() throws IOException {
        Path borrowed = fixture.file("people.jsonl", "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
        WriteCorpus.Request both =
                new WriteCorpus.Request(output, 10, 4, null, borrowed, List.of(people()), List.of(), null, 1);

        assertThatThrownBy(() -> new WriteCorpus().run(both, TaskListener.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--borrow and --natural are both given");
        assertThat(output).doesNotExist();
    }

    private static Set<String> farms(List<PromptCompletion> rows) {
        return rows.stream()
                .flatMap(row ->
                        Pattern.compile("farm \\d+").matcher(row.prompt()).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** Two questions of each of 100 databases. */
    private Path people() throws IOException {
        Path target = Files.createDirectories(folder.resolve("people"));
        StringBuilder schemas = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        for (int farm = 0; farm < 100; farm++) {
            schemas.append(
                    "{\"id\": \"farm" + farm + "\", \"schema\": \"CREATE TABLE dog (name TEXT, age INTEGER)\"}\n");
            for (int dog = 0; dog < 2; dog++) {
                rows.append("{\"question\": \"How old is Dog " + dog + " of farm " + farm
                        + "?\", \"sql\": \"SELECT age FROM" + " dog WHERE name = 'Dog " + dog
                        + "'\", \"schema\": \"farm" + farm + "\"}\n");
            }
        }
        zip(target.resolve("schemas.jsonl.gz"), schemas.toString());
        zip(target.resolve("farmers.jsonl.gz"), rows.toString());
        return target;
    }

    private static void zip(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
