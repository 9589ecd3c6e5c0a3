package org.sqltune.evaluation.report;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sqltune.evaluation.metric.Calibration;
import org.sqltune.evaluation.metric.Calibration.Claim;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;

/**
 * An evaluation with all its rows, from which every score is computed.
 *
 * @param provenance what was evaluated
 * @param mainScore the score that decides whether a row is right
 * @param rows in the questions' order
 * @param corpusScores scores over all rows together, such as {@code bleu}
 * @param facts totals that the rows don't contain, such as {@code skipped_examples}
 * @param skippedDatabases missing databases with their number of questions
 */
public record Report(
        Provenance provenance,
        ColumnDescriptor mainScore,
        List<ReportRow> rows,
        Map<ColumnDescriptor, Double> corpusScores,
        Map<ColumnDescriptor, Double> facts,
        Map<String, Integer> skippedDatabases) {
    /** Groupings in display order; others follow. */
    private static final List<ColumnDescriptor> USUAL_GROUPINGS =
            List.of(Columns.HARDNESS, Columns.DIFFICULTY, Columns.CATEGORY, Columns.DATABASE);

    public Report {
        rows = List.copyOf(rows);
        corpusScores = Collections.unmodifiableMap(new LinkedHashMap<>(corpusScores));
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        skippedDatabases = Collections.unmodifiableMap(new LinkedHashMap<>(skippedDatabases));
    }

    /** Returns all scores with a verdict in some row, in display order. */
    public Set<ColumnDescriptor> scores() {
        Set<ColumnDescriptor> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.verdicts().keySet()));
        return names.stream()
                .sorted(Comparator.comparingInt(Columns::place))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns all numeric columns that some row has. */
    public Set<ColumnDescriptor> measures() {
        Set<ColumnDescriptor> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.measures().keySet()));
        return names;
    }

    /** Returns how many of the decided rows are right by a score. */
    public static Score score(List<ReportRow> rows, ColumnDescriptor score) {
        List<Boolean> decided = rows.stream()
                .filter(row -> row.verdicts().containsKey(score))
                .map(row -> row.verdicts().get(score))
                .toList();
        return new Score((int) decided.stream().filter(Boolean::booleanValue).count(), decided.size());
    }

    /** Returns how many of all decided rows are right by a score. */
    public Score score(ColumnDescriptor score) {
        return score(rows, score);
    }

    /** Returns how well confidences fit execution accuracy; without answers if no row has both. */
    public Calibration calibration() {
        List<Claim> claims = new ArrayList<>();
        for (ReportRow row : rows) {
            Double confidence = row.measures().get(Columns.CONFIDENCE);
            Boolean right = row.verdict(Columns.EXECUTION_ACCURACY);
            if (confidence != null && right != null) {
                claims.add(new Claim(confidence, right));
            }
        }
        return Calibration.of(claims);
    }

    /** Returns the mean of a numeric column over the rows that have it; empty if none does. */
    public static OptionalDouble mean(List<ReportRow> rows, ColumnDescriptor measure) {
        return rows.stream()
                .filter(row -> row.measures().containsKey(measure))
                .mapToDouble(row -> row.measures().get(measure))
                .average();
    }

    /** Returns a column's value over all rows, according to its kind; empty if there is no such column. */
    public OptionalDouble value(String name) {
        return columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .map(this::value)
                .orElse(OptionalDouble.empty());
    }

    private OptionalDouble value(ColumnDescriptor column) {
        return switch (column.kind()) {
            case SHARE -> score(column).accuracy();
            case NUMBER -> mean(rows, column);
            case TOTAL -> OptionalDouble.of(corpusScores.getOrDefault(column, Double.NaN));
            case LABEL -> OptionalDouble.empty();
        };
    }

    /** Returns how many rows have a verdict or number in this column. */
    public int decided(ColumnDescriptor column) {
        return (int) rows.stream()
                .filter(row ->
                        row.verdicts().containsKey(column) || row.measures().containsKey(column))
                .count();
    }

    /**
     * Returns a column's value as text: a share in percent, another number with three decimals; {@code -} if there is
     * none.
     */
    public String shown(ColumnDescriptor column) {
        OptionalDouble value = value(column);
        return column.kind() == ColumnDescriptor.Kind.SHARE
                ? score(column).percent()
                : value.isEmpty() ? "-" : ReportTables.fixed(value.getAsDouble());
    }

    /** Returns every column that has a value over all rows: shares, means, then totals. */
    public List<ColumnDescriptor> columns() {
        List<ColumnDescriptor> columns = new ArrayList<>(scores());
        columns.addAll(measures());
        columns.addAll(corpusScores.keySet());
        return columns;
    }

    /** Returns the scores that rate whole answers: none of components, of time, or of which less is better. */
    public List<ColumnDescriptor> headline() {
        return columns().stream()
                .filter(column -> column.kind() != ColumnDescriptor.Kind.TOTAL && column.higherIsBetter())
                .filter(column -> !Columns.isComponent(column) && !column.equals(Columns.VALID_SQL))
                .toList();
    }

    /** Returns the groupings that rows have labels for. */
    public List<ColumnDescriptor> groupings() {
        return rows.stream()
                .flatMap(row -> row.labels().keySet().stream())
                .distinct()
                .sorted(Comparator.comparingInt(Report::place))
                .toList();
    }

    private static int place(ColumnDescriptor grouping) {
        int place = USUAL_GROUPINGS.indexOf(grouping);
        return place < 0 ? USUAL_GROUPINGS.size() : place;
    }

    /** Returns the rows of each group, from easy to hard; other groups follow by name. */
    public Map<String, List<ReportRow>> groups(ColumnDescriptor grouping) {
        Map<String, List<ReportRow>> groups = rows.stream()
                .filter(row -> row.labels().containsKey(grouping))
                .collect(Collectors.groupingBy(row -> row.labels().get(grouping)));
        Map<String, List<ReportRow>> sorted = new LinkedHashMap<>();
        groups.keySet().stream().sorted(GroupOrder.BY_DIFFICULTY).forEach(name -> sorted.put(name, groups.get(name)));
        return sorted;
    }

    /** Returns how often each kind of error is the main error. */
    public Map<ErrorKind, Integer> mainErrors() {
        return errors(row -> row.errors().stream().limit(1).toList());
    }

    /** Returns how often each kind of error occurs. */
    public Map<ErrorKind, Integer> allErrors() {
        return errors(ReportRow::errors);
    }

    private Map<ErrorKind, Integer> errors(Function<ReportRow, List<ErrorKind>> chosen) {
        Map<ErrorKind, Integer> counts = new EnumMap<>(ErrorKind.class);
        rows.forEach(row -> chosen.apply(row).forEach(kind -> counts.merge(kind, 1, Integer::sum)));
        return counts;
    }

    /** Returns the rows that satisfy a condition. */
    public List<ReportRow> where(Predicate<ReportRow> condition) {
        return rows.stream().filter(condition).toList();
    }

    /**
     * Returns the SHA-256 of the questions: database, question and gold SQL of each row in order, in UTF-8, with a
     * zero byte after each. Two reports with equal hashes answer the same questions.
     */
    public String questionsHash() {
        Hasher hasher = Hashing.sha256().newHasher();
        for (ReportRow row : rows) {
            for (String part : List.of(row.databaseId(), row.question(), row.gold())) {
                hasher.putString(part, StandardCharsets.UTF_8).putByte((byte) 0);
            }
        }
        return hasher.hash().toString();
    }
}
