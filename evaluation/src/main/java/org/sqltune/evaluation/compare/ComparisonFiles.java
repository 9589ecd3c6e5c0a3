package org.sqltune.evaluation.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.evaluation.compare.Comparison.Pair;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Report;

/** Writes a comparison's files: {@value #JSON} for programs and {@value #PAGE} for readers. */
public final class ComparisonFiles {
    /** The name of the JSON file. */
    public static final String JSON = "comparison.json";
    /** The name of the HTML page. */
    public static final String PAGE = "comparison.html";
    /** The format version of {@value #JSON}. */
    public static final int FORMAT = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ComparisonFiles() {}

    /**
     * Writes both files.
     *
     * @param folder created if it doesn't exist
     * @throws SqlTuneException if a file can't be written
     */
    public static void write(Comparison comparison, Path folder) {
        AtomicFiles.writeString(folder.resolve(PAGE), new ComparisonPage(comparison).source());
        AtomicFiles.writeString(folder.resolve(JSON), json(comparison));
    }

    /** Returns the comparison as JSON. */
    public static String json(Comparison comparison) {
        ObjectNode node = MAPPER.createObjectNode().put("format", FORMAT);
        node.set("baseline", system(comparison.baseline()));
        node.set("tuned", system(comparison.tuned()));
        node.put("questions", comparison.baseline().rows().size())
                .put("questions_sha256", comparison.baseline().questionsHash())
                .put("main_score", comparison.mainScore().name())
                .put("bootstrap_resamples", PairedBootstrap.RESAMPLES);
        ObjectNode scores = node.putObject("scores");
        comparison.differences().forEach(each -> scores.set(each.column().name(), difference(each)));
        for (ColumnDescriptor grouping : comparison.baseline().groupings()) {
            ObjectNode groups = node.putObject("by_" + grouping.name());
            comparison.byGroup(grouping).forEach((group, each) -> groups.set(group, difference(each)));
        }
        ArrayNode rules = node.putArray("differing_rules");
        comparison.differingRules().forEach(rules::add);
        node.set("fixed", ids(comparison.fixed()));
        node.set("broken", ids(comparison.broken()));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }

    private static ObjectNode system(Report report) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("title", report.provenance().title())
                .put("created_at", report.provenance().createdAt());
        ObjectNode model = node.putObject("model");
        report.provenance().model().forEach(model::put);
        return node;
    }

    private static ObjectNode difference(Difference each) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("questions", each.tuned().total())
                .put(
                        "baseline",
                        share(each.baseline().correct(), each.baseline().total()))
                .put("tuned", share(each.tuned().correct(), each.tuned().total()))
                .put("change", each.change())
                .put("low", each.interval().low())
                .put("high", each.interval().high());
        return node.put("fixed", each.fixed()).put("broken", each.broken()).put("mcnemar_p", each.pValue());
    }

    private static @Nullable Double share(int correct, int total) {
        return total == 0 ? null : (Double) ((double) correct / total);
    }

    private static ArrayNode ids(List<Pair> pairs) {
        ArrayNode node = MAPPER.createArrayNode();
        pairs.forEach(pair -> node.add(pair.tuned().id()));
        return node;
    }
}
