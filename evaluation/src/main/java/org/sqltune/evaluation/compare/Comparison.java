package org.sqltune.evaluation.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.sqltune.core.SqlTuneException;
import org.sqltune.evaluation.metric.Interval;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.evaluation.report.TitleBlock;

/**
 * Two reports on the same questions.
 *
 * @param baseline the first report
 * @param tuned the second report
 * @param mainScore the score that decides which questions are fixed or broken
 */
public record Comparison(Report baseline, Report tuned, ColumnDescriptor mainScore) {

    /**
     * Compares two reports.
     *
     * @throws SqlTuneException if they don't answer the same questions in the same order, or have no main score in
     *     common
     */
    public Comparison(Report baseline, Report tuned) {
        this(baseline, tuned, sharedScore(baseline, tuned));
    }

    private static ColumnDescriptor sharedScore(Report baseline, Report tuned) {
        if (!baseline.questionsHash().equals(tuned.questionsHash())) {
            throw new SqlTuneException("The reports answer different questions (SHA-256 " + baseline.questionsHash()
                    + " and " + tuned.questionsHash() + ", " + baseline.rows().size() + " and "
                    + tuned.rows().size() + " questions); evaluate both on the same data");
        }
        if (baseline.mainScore().equals(tuned.mainScore()) || baseline.scores().contains(tuned.mainScore())) {
            return tuned.mainScore();
        }
        if (tuned.scores().contains(baseline.mainScore())) {
            return baseline.mainScore();
        }
        throw new SqlTuneException("One report's main score is "
                + baseline.mainScore().name() + ", the other's "
                + tuned.mainScore().name() + "; evaluate both with the same metrics");
    }

    /** Both systems' answers to one question. */
    public record Pair(ReportRow baseline, ReportRow tuned) {}

    /** Returns the title block of pages and tables that show the comparison. */
    public TitleBlock title() {
        TitleBlock before = TitleBlock.of(baseline);
        TitleBlock after = TitleBlock.of(tuned);
        boolean named = !baseline.provenance().title().isEmpty()
                && !tuned.provenance().title().isEmpty();
        String model =
                before.model().equals(after.model()) ? after.model() : after.model() + " against " + before.model();
        return new TitleBlock(
                named ? after.run() + " against " + before.run() : "Comparison", model, after.data(), after.date());
    }

    /** Returns the difference of every score that both reports have, the main score first. */
    public List<Difference> differences() {
        Set<ColumnDescriptor> columns = new LinkedHashSet<>(List.of(mainScore));
        columns.addAll(baseline.scores());
        columns.retainAll(tuned.scores());
        return columns.stream().map(column -> difference(column, pairs())).toList();
    }

    /** Returns a score's difference over all questions. */
    public Difference difference(ColumnDescriptor score) {
        return difference(score, pairs());
    }

    /** Returns the main score's difference in each group of a grouping. */
    public Map<String, Difference> byGroup(ColumnDescriptor grouping) {
        Map<String, Difference> differences = new LinkedHashMap<>();
        List<Pair> all = pairs();
        baseline.groups(grouping).keySet().forEach(group -> {
            List<Pair> members = all.stream()
                    .filter(pair -> group.equals(pair.baseline().labels().get(grouping)))
                    .toList();
            differences.put(group, difference(mainScore, members));
        });
        return differences;
    }

    /** Returns the names of scores that the two reports define differently; these shouldn't be compared. */
    public List<String> differingRules() {
        Set<String> names = new TreeSet<>(baseline.provenance().rules().keySet());
        names.retainAll(tuned.provenance().rules().keySet());
        names.removeIf(name -> Objects.equals(
                baseline.provenance().rules().get(name),
                tuned.provenance().rules().get(name)));
        return List.copyOf(names);
    }

    /** Returns the questions that were wrong before and are right after, by the main score. */
    public List<Pair> fixed() {
        return changed(false);
    }

    /** Returns the questions that were right before and are wrong after, by the main score. */
    public List<Pair> broken() {
        return changed(true);
    }

    private List<Pair> changed(boolean before) {
        return decided(mainScore, pairs()).stream()
                .filter(pair -> Boolean.valueOf(before).equals(pair.baseline().verdict(mainScore))
                        && Boolean.valueOf(!before).equals(pair.tuned().verdict(mainScore)))
                .toList();
    }

    /** Returns all questions, in order. */
    public List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < baseline.rows().size(); i++) {
            pairs.add(new Pair(baseline.rows().get(i), tuned.rows().get(i)));
        }
        return pairs;
    }

    private static Difference difference(ColumnDescriptor score, List<Pair> pairs) {
        List<Pair> decided = decided(score, pairs);
        double[] differences = new double[decided.size()];
        boolean wanted = score.higherIsBetter();
        int fixed = 0;
        int broken = 0;
        for (int i = 0; i < differences.length; i++) {
            boolean before = Boolean.TRUE.equals(decided.get(i).baseline().verdict(score));
            boolean after = Boolean.TRUE.equals(decided.get(i).tuned().verdict(score));
            differences[i] = (after ? 1 : 0) - (before ? 1 : 0);
            fixed += before != after && after == wanted ? 1 : 0;
            broken += before != after && before == wanted ? 1 : 0;
        }
        Interval interval = decided.isEmpty() ? new Interval(0, 0) : PairedBootstrap.interval(differences);
        Score baseline = Report.score(decided.stream().map(Pair::baseline).toList(), score);
        Score tuned = Report.score(decided.stream().map(Pair::tuned).toList(), score);
        return new Difference(score, baseline, tuned, interval, fixed, broken, McNemar.pValue(fixed, broken));
    }

    private static List<Pair> decided(ColumnDescriptor score, List<Pair> pairs) {
        return pairs.stream()
                .filter(pair -> pair.baseline().verdicts().containsKey(score)
                        && pair.tuned().verdicts().containsKey(score))
                .toList();
    }
}
