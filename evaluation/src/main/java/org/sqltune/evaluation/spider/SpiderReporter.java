package org.sqltune.evaluation.spider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.evaluation.QueryCategorizer;
import org.sqltune.evaluation.outline.ErrorDiagnosis;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.outline.OutlineParser;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.evaluation.report.ScoreNames;
import org.sqltune.evaluation.spider.match.Hardness;
import org.sqltune.evaluation.spider.match.SetMatch;

/** Makes Spider's official scores a report. */
public final class SpiderReporter {
    private static final String ORIGINAL = "execution_original";
    private static final String TEST_SUITE = "execution_test_suite";
    private static final ShownResult NOT_SHOWN = new ShownResult(null, null, null, "");

    private final SpiderSchemas schemas;

    /** @param schemas of the databases */
    public SpiderReporter(SpiderSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * The questions of Spider's JSON; none of another kind of file, which has only SQL.
     *
     * @throws SqlTuneException if the file can't be read
     */
    public static List<String> questions(Path gold) {
        if (!gold.toString().endsWith(".json")) {
            return List.of();
        }
        try {
            List<String> questions = new ArrayList<>();
            for (JsonNode example : JsonMapper.builder().build().readTree(Files.readAllBytes(gold))) {
                questions.add(example.path("question").asText());
            }
            return questions;
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + gold + ": " + e + "; check the path", e);
        }
    }

    /**
     * The report. Its main score is execution by the test suite's definition, or exact set match where nothing was run.
     *
     * @param rows a row for each pair, in order
     * @param questions in natural language, in order; none if they aren't known
     * @param results what some of the predictions return, by index
     */
    public Report report(
            List<SpiderRow> rows,
            List<SpiderPair> pairs,
            List<String> questions,
            Map<Integer, ShownResult> results,
            Provenance provenance) {
        boolean executed = rows.stream().anyMatch(row -> row.testSuiteExecution() != null);
        String main = executed ? TEST_SUITE : ScoreNames.EXACT_MATCH;
        List<ReportRow> reported = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String question = i < questions.size() ? questions.get(i) : "";
            reported.add(row(rows.get(i), pairs.get(i), question, main, results.getOrDefault(i, NOT_SHOWN)));
        }
        Map<String, Double> facts = Map.of("unparseable", (double)
                rows.stream().filter(SpiderRow::unparseable).count());
        return new Report(provenance.withRules(rules()), main, reported, Map.of(), facts, Map.of());
    }

    private ReportRow row(SpiderRow row, SpiderPair pair, String question, String main, ShownResult result) {
        Map<String, Boolean> verdicts = new LinkedHashMap<>();
        SetMatch match = row.match();
        put(verdicts, ScoreNames.EXACT_MATCH, match == null ? null : match.exact());
        put(verdicts, ORIGINAL, row.originalExecution());
        put(verdicts, TEST_SUITE, row.testSuiteExecution());
        Map<String, String> labels = new LinkedHashMap<>();
        Hardness hardness = row.hardness();
        if (hardness != null) {
            labels.put("hardness", hardness.label());
        }
        labels.put("category", QueryCategorizer.categorize(pair.gold()).name().toLowerCase(Locale.ROOT));
        labels.put("database", row.databaseId());
        Boolean right = verdicts.get(main);
        return new ReportRow(
                String.valueOf(row.index()),
                row.databaseId(),
                question,
                pair.gold(),
                pair.prediction(),
                labels,
                verdicts,
                Map.of(),
                right == null || right ? List.of() : errors(row, pair, result),
                result.error(),
                result.gold(),
                result.predicted());
    }

    private List<ErrorKind> errors(SpiderRow row, SpiderPair pair, ShownResult result) {
        if (pair.prediction().isBlank()) {
            return List.of(ErrorKind.EMPTY);
        }
        if (result.failure() != null) {
            return List.of(ErrorKind.of(result.failure()));
        }
        var schema = schemas.structure(row.databaseId());
        List<ErrorKind> errors = new ArrayList<>(ErrorDiagnosis.differences(
                OutlineParser.parse(pair.gold(), schema), OutlineParser.parse(pair.prediction(), schema)));
        if (row.unparseable() && result.predicted() == null) {
            errors.remove(ErrorKind.OTHER);
            errors.add(0, ErrorKind.PARSE);
        }
        return errors;
    }

    private static void put(Map<String, Boolean> verdicts, String name, @Nullable Boolean verdict) {
        if (verdict != null) {
            verdicts.put(name, verdict);
        }
    }

    private static Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put(ScoreNames.EXACT_MATCH, "Spider's exact set match, values ignored");
        rules.put(ORIGINAL, "execution as in taoyds/spider");
        rules.put(TEST_SUITE, "execution as in test-suite-sql-eval, on every database of the folder");
        rules.put("parse", "an answer that Spider's grammar can't read counts as empty");
        return rules;
    }
}
