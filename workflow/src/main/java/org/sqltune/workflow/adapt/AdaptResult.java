package org.sqltune.workflow.adapt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonTables;
import org.sqltune.evaluation.compare.Difference;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.train.NextCommand;

/**
 * The result of an adaptation.
 *
 * @param finalModel the folder of the adapter
 * @param page the training run's HTML page
 * @param config the training configuration
 * @param comparisons the scores before and after on held-out pairs: {@code validation} has synthesised ones, {@code test}
 *     the user's own, if a part of them was held out
 * @param notes remarks about the data, one sentence each
 * @param timeLimit whether training ended at the time limit, before all planned steps
 * @param example a held-out question
 * @param database the database of that question, as {@code --db} takes it
 */
public record AdaptResult(
        Path finalModel,
        Path page,
        Path config,
        Map<String, Comparison> comparisons,
        List<String> notes,
        boolean timeLimit,
        String example,
        String database) {
    public AdaptResult {
        comparisons = Collections.unmodifiableMap(new LinkedHashMap<>(comparisons));
        notes = List.copyOf(notes);
    }

    /** Summarises the scores, and says what they mean. */
    public Summary summary() {
        List<List<String>> rows = new ArrayList<>();
        Comparison made = comparisons.get("validation");
        Comparison yours = comparisons.get("test");
        if (made != null) {
            made.byGroup(Columns.COMPLEXITY).forEach((group, each) -> rows.add(ComparisonTables.row(group, each)));
            addScores(rows, "all made", made);
        }
        if (yours != null) {
            addScores(rows, "yours", yours);
        }
        List<ReportTable> tables = rows.isEmpty()
                ? List.of()
                : List.of(new ReportTable(ComparisonTables.header("held-out questions"), rows));
        return new Summary(tables, remarks(made, yours));
    }

    /** Adds the main score, and the share of answers that the database runs. */
    private static void addScores(List<List<String>> rows, String name, Comparison comparison) {
        ColumnDescriptor main = comparison.mainScore();
        for (Difference each : comparison.differences()) {
            if (each.column().equals(main) || each.column().equals(Columns.VALID_SQL)) {
                rows.add(ComparisonTables.row(name + ": " + each.column().title(), each));
            }
        }
    }

    private List<String> remarks(@Nullable Comparison made, @Nullable Comparison yours) {
        List<String> remarks = new ArrayList<>(notes);
        if (timeLimit) {
            remarks.add("Training ended at the time limit, before its last step: more --minutes may help");
        }
        if (made != null) {
            remarks.add(
                    "Made questions come from the generator of the training's: their score says how well the model"
                            + " learned this database's names and these forms of query, not how well it answers people's words.");
        }
        remarks.add(
                yours != null
                        ? "Yours weren't trained on, so their score is what to expect of questions like them; with "
                                + yours.baseline().rows().size() + " of them, look at the interval."
                        : "To measure people's words, give pairs with --questions: a quarter of "
                                + OwnPairs.LEAST_TO_SPLIT + " or more is held out.");
        return remarks;
    }

    /**
     * Returns the commands that ask the tuned model.
     *
     * @param next writes commands
     */
    public List<String> next(NextCommand next) {
        return List.of(
                next.asking(finalModel, database, "--question", example),
                next.asking(finalModel, database, "--interactive"));
    }
}
