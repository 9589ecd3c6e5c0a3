package org.sqltune.inference.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.AnswerEvidence.Outcome;
import org.sqltune.core.sql.result.ResultComparison;
import org.sqltune.inference.choice.Candidate.Result;
import org.sqltune.inference.choice.Candidate.Result.Rows;

/**
 * Chooses among candidates by what their queries gave. Those with equal results (as execution accuracy compares them,
 * without the order of rows) are a group. A group with rows comes before one without, and that before failures. Among those
 * the group with the largest sum of weights is taken, {@link Candidate#weight}, then the one whose first candidate is more
 * probable, then the earlier one. Its first candidate is the answer.
 */
final class Vote {
    private Vote() {}

    /**
     * A choice.
     *
     * @param index the chosen candidate's
     * @param evidence what speaks for it
     */
    record Choice(int index, AnswerEvidence evidence) {}

    private static final class Group {
        private final int first;
        private final Outcome outcome;
        private int members;
        private double weight;

        Group(int first, Outcome outcome) {
            this.first = first;
            this.outcome = outcome;
        }
    }

    /**
     * Chooses.
     *
     * @param candidates at least one, the greedy answer first
     * @param results what each gave, in the same order
     */
    static Choice of(List<Candidate> candidates, List<Result> results) {
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Group group = groupOf(i, results, groups);
            group.members++;
            group.weight += candidates.get(i).weight();
        }
        Group best = groups.stream()
                .min(Comparator.comparing((Group group) -> group.outcome)
                        .thenComparing(group -> -group.weight)
                        .thenComparing(group -> -candidates.get(group.first).meanLogprob())
                        .thenComparing(group -> group.first))
                .orElseThrow(() -> new IllegalArgumentException("no candidates"));
        double all = groups.stream().mapToDouble(group -> group.weight).sum();
        Candidate chosen = candidates.get(best.first);
        return new Choice(
                best.first,
                new AnswerEvidence(
                        candidates.size(),
                        best.members,
                        all > 0 ? best.weight / all : 0,
                        chosen.meanLogprob(),
                        chosen.minLogprob(),
                        best.outcome));
    }

    private static Group groupOf(int index, List<Result> results, List<Group> groups) {
        Result result = results.get(index);
        Outcome outcome = outcome(result);
        for (Group group : groups) {
            if (group.outcome == outcome && same(results.get(group.first), result)) {
                return group;
            }
        }
        Group fresh = new Group(index, outcome);
        groups.add(fresh);
        return fresh;
    }

    private static Outcome outcome(Result result) {
        if (result instanceof Rows rows) {
            return rows.result().rows().isEmpty() ? Outcome.EMPTY : Outcome.ROWS;
        }
        return Outcome.FAILED;
    }

    private static boolean same(Result one, Result other) {
        return !(one instanceof Rows rows)
                || !(other instanceof Rows otherRows)
                || ResultComparison.difference(rows.result(), otherRows.result(), false)
                        .isEmpty();
    }
}
