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
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.evaluation.report.ScoreNames;

/**
 * Two reports on the same questions.
 *
 * @param baseline the first
 * @param tuned the second
 */
public record Comparison(Report baseline, Report tuned) {

    /**
     * Puts two reports side by side.
     *
     * @throws SqlTuneException if they don't answer the same questions, in the same order
     */
    public Comparison {
        if (!baseline.questionsHash().equals(tuned.questionsHash())) {
            throw new SqlTuneException("The reports answer different questions (SHA-256 " + baseline.questionsHash()
                    + " and " + tuned.questionsHash() + ", " + baseline.rows().size() + " and "
                    + tuned.rows().size() + " questions); evaluate both on the same data");
        }
        if (!baseline.mainScore().equals(tuned.mainScore())) {
            throw new SqlTuneException("One report's main score is " + baseline.mainScore() + ", the other's "
                    + tuned.mainScore() + "; evaluate both with the same metrics");
        }
    }

    /** An answer of each system to one question. */
    public record Pair(ReportRow baseline, ReportRow tuned) {}

    /** Every score that both reports have, the main one first. */
    public List<Difference> differences() {
        Set<String> names = new LinkedHashSet<>(List.of(baseline.mainScore()));
        names.addAll(baseline.scores());
        names.retainAll(tuned.scores());
        return names.stream().map(name -> difference(name, pairs())).toList();
    }

    /** A score's difference over all questions. */
    public Difference difference(String score) {
        return difference(score, pairs());
    }

    /** The main score's difference in each group of a grouping. */
    public Map<String, Difference> byGroup(String grouping) {
        Map<String, Difference> differences = new LinkedHashMap<>();
        List<Pair> all = pairs();
        baseline.groups(grouping).keySet().forEach(group -> {
            List<Pair> members = all.stream()
                    .filter(pair -> group.equals(pair.baseline().labels().get(grouping)))
                    .toList();
            differences.put(group, difference(baseline.mainScore(), members));
        });
        return differences;
    }

    /** Rules that say different things in the two reports: such scores shouldn't be compared. */
    public List<String> differingRules() {
        Set<String> names = new TreeSet<>(baseline.provenance().rules().keySet());
        names.retainAll(tuned.provenance().rules().keySet());
        names.removeIf(name -> Objects.equals(
                baseline.provenance().rules().get(name),
                tuned.provenance().rules().get(name)));
        return List.copyOf(names);
    }

    /** Questions wrong before and right after, by the main score. */
    public List<Pair> fixed() {
        return changed(false);
    }

    /** Questions right before and wrong after, by the main score. */
    public List<Pair> broken() {
        return changed(true);
    }

    private List<Pair> changed(boolean before) {
        String score = baseline.mainScore();
        return decided(score, pairs()).stream()
                .filter(pair -> Boolean.valueOf(before).equals(pair.baseline().verdict(score))
                        && Boolean.valueOf(!before).equals(pair.tuned().verdict(score)))
                .toList();
    }

    /** All questions, in order. */
    public List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < baseline.rows().size(); i++) {
            pairs.add(new Pair(baseline.rows().get(i), tuned.rows().get(i)));
        }
        return pairs;
    }

    private static Difference difference(String score, List<Pair> pairs) {
        List<Pair> decided = decided(score, pairs);
        double[] differences = new double[decided.size()];
        boolean wanted = !ScoreNames.lowerIsBetter(score);
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

    private static List<Pair> decided(String score, List<Pair> pairs) {
        return pairs.stream()
                .filter(pair -> pair.baseline().verdicts().containsKey(score)
                        && pair.tuned().verdicts().containsKey(score))
                .toList();
    }
}
