package org.sqltune.evaluation.spider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;
import org.sqltune.evaluation.spider.match.SetMatch;

/**
 * Whole systems' predictions for Spider's dev set, and the official results. {@code -Dsqltune.spider=FOLDER} names
 * Spider's folder, with {@code evaluator_vectors} in it: {@code NAME.pred.sql} and {@code NAME.official.jsonl}.
 */
@Tag("heavy")
class SpiderVectorsHeavyTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Its database isn't there. */
    private static final String MISSING = "wta_1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"din_codex", "gpt4_fewshot", "spider_pred_example_2018"})
    void everyRowIsWhatTheOfficialEvaluatorsSay(String system) throws IOException {
        Path vectors = spider().resolve("evaluator_vectors");
        List<SpiderVerdict> rows = evaluate(vectors.resolve(system + ".pred.sql"), spider().resolve("dev.json"));
        List<JsonNode> official = lines(vectors.resolve(system + ".official.jsonl"));
        assertThat(rows).hasSameSizeAs(official).hasSize(1034);
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (SpiderVerdict row : rows) {
            JsonNode wanted = official.get(row.index());
            SetMatch match = Objects.requireNonNull(row.match());
            String execution = row.databaseId().equals(MISSING)
                    ? "nullnull"
                    : "" + wanted.get("execution_original") + wanted.get("execution_test_suite");
            found.add(row.index()
                    + label(row.hardness())
                    + row.unparseable()
                    + number(match.exact())
                    + number(row.originalExecution())
                    + number(row.testSuiteExecution()));
            expected.add(row.index()
                    + wanted.get("hardness").asText()
                    + wanted.get("unparseable")
                    + wanted.get("exact_match")
                    + execution);
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyTrainingQueryIsAsHardAsTheOfficialEvaluatorSays() throws IOException {
        Path gold = spider().resolve("train_spider.json");
        List<String> queries = new ArrayList<>();
        JSON.readTree(gold.toFile())
                .forEach(example -> queries.add(example.get("query").asText().replaceAll("\\s+", " ")));
        Path predictions = Files.write(folder.resolve("pred.sql"), queries);
        List<SpiderVerdict> rows = evaluate(predictions, gold);
        List<JsonNode> official = lines(spider().resolve("evaluator_vectors/train_spider.hardness.jsonl"));
        assertThat(official)
                .hasSizeGreaterThan(6900)
                .allSatisfy(wanted -> assertThat(
                                label(rows.get(wanted.get("i").asInt()).hardness()))
                        .isEqualTo(wanted.get("hardness").asText()));
    }

    private static List<SpiderVerdict> evaluate(Path predictions, Path gold) {
        return new SpiderEvaluator(
                        SpiderSchemas.read(spider().resolve("tables.json")),
                        new DatabaseFolder(spider().resolve("database")),
                        TestSuiteRules.DEFAULTS,
                        60)
                .evaluate(SpiderFiles.pairs(predictions, gold));
    }

    private static Path spider() {
        return Path.of(Objects.requireNonNull(System.getProperty("sqltune.spider"), "-Dsqltune.spider=FOLDER"));
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    private static String label(@Nullable QueryHardness hardness) {
        return hardness == null ? "null" : hardness.label();
    }

    private static String number(@Nullable Boolean right) {
        return right == null ? "null" : right ? "1" : "0";
    }
}
