package org.sqltune.evaluation.outline;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sqltune.evaluation.outline.SqlOutline.QueryComponent;

/** Finds how a wrong query that runs differs from the gold query. */
public final class ErrorDiagnosis {
    private ErrorDiagnosis() {}

    /** Returns all kinds of differences; {@link ErrorKind#OTHER} if none is found. */
    public static Set<ErrorKind> differences(SqlOutline gold, SqlOutline predicted) {
        Set<ErrorKind> kinds = EnumSet.noneOf(ErrorKind.class);
        add(kinds, ErrorKind.JOIN, differ(gold, predicted, QueryComponent.JOIN));
        add(kinds, ErrorKind.SET_OPERATION, !gold.setOperations().equals(predicted.setOperations()));
        add(kinds, ErrorKind.NESTING, gold.subqueries() != predicted.subqueries());
        addColumns(kinds, gold.columns(), predicted.columns());
        add(kinds, ErrorKind.AGGREGATE, !gold.aggregates().equals(predicted.aggregates()));
        addConditions(kinds, ErrorKind.FILTER, gold.where(), predicted.where());
        addConditions(kinds, ErrorKind.GROUPING, gold.having(), predicted.having());
        add(kinds, ErrorKind.GROUPING, !gold.groupBy().equals(predicted.groupBy()));
        add(kinds, ErrorKind.ORDER, differ(gold, predicted, QueryComponent.ORDER));
        add(kinds, ErrorKind.DISTINCT, gold.distinct() != predicted.distinct());
        add(kinds, ErrorKind.OTHER, kinds.isEmpty());
        return kinds;
    }

    private static void addColumns(Set<ErrorKind> kinds, List<String> gold, List<String> predicted) {
        add(kinds, ErrorKind.MISSING_COLUMN, predicted.size() < gold.size());
        add(kinds, ErrorKind.EXTRA_COLUMN, predicted.size() > gold.size());
        add(kinds, ErrorKind.WRONG_COLUMN, predicted.size() == gold.size() && !predicted.equals(gold));
    }

    private static void addConditions(
            Set<ErrorKind> kinds, ErrorKind structure, List<String> gold, List<String> predicted) {
        if (gold.equals(predicted)) {
            return;
        }
        boolean sameShape = withoutValues(gold).equals(withoutValues(predicted));
        kinds.add(sameShape ? ErrorKind.VALUE : structure);
    }

    private static List<String> withoutValues(List<String> conditions) {
        return conditions.stream()
                .map(each -> each.replaceAll("'[^']*+(?:''[^']*+)*+'", "?")
                        .replaceAll("(?<![\\w.])-? ?\\d+(?:\\.\\d+)?", "?"))
                .sorted()
                .toList();
    }

    private static boolean differ(SqlOutline gold, SqlOutline predicted, QueryComponent component) {
        return !gold.component(component).equals(predicted.component(component));
    }

    private static void add(Set<ErrorKind> kinds, ErrorKind kind, boolean holds) {
        if (holds) {
            kinds.add(kind);
        }
    }
}
