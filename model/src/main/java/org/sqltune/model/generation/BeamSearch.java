package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.NextScores;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.generation.Generation.End;

/**
 * Beam search as transformers defines it, without early stopping. The texts with the highest log-probabilities go on; one that
 * ends is scored by its log-probability divided by its length to a power. The search ends when the best text that goes on
 * can't become better than the worst of as many ended ones as there are beams. Beams share the pages that they have in common.
 */
final class BeamSearch implements Continuation {
    private final Beginning beginning;
    private final int width;
    private final double lengthPenalty;
    private List<Beam> running = new ArrayList<>();
    private List<GeneratedText> ended = new ArrayList<>();
    private @Nullable End end;

    BeamSearch(Beginning beginning) {
        this.beginning = beginning;
        this.width = beginning.settings().beams();
        this.lengthPenalty = beginning.settings().lengthPenalty();
    }

    @Override
    public void begin(NextScores scores, int row) {
        running.add(new Beam(new long[0], 0, beginning.text(), seen(), beginning.copyOfConstraint(), List.of()));
        if (beginning.settings().maxNewTokens() == 0) {
            end(End.LENGTH);
            return;
        }
        take(scores, row);
    }

    private @Nullable BitSet seen() {
        if (beginning.settings().sampling().repetitionPenalty() == 1) {
            return null;
        }
        BitSet seen = new BitSet();
        for (long each : beginning.prompt()) {
            seen.set((int) each);
        }
        return seen;
    }

    @Override
    public void addTo(Adder step, int room) {
        List<NewTokens> next = running.stream()
                .map(each -> new NewTokens(each.text(), each.ids()[each.ids().length - 1]))
                .toList();
        step.accept(next, this::take);
    }

    private void take(NextScores scores, int firstRow) {
        List<Beam.Step> candidates = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            addCandidates(running.get(i), scores.row(firstRow + i), candidates);
        }
        candidates.sort(Comparator.comparing(Beam.Step::score).reversed());
        choose(candidates.subList(0, Math.min(candidates.size(), candidatesKept())));
    }

    /** So many that enough go on, even if all of the best end. */
    private int candidatesKept() {
        return Math.max(2, 1 + beginning.stopIds().size()) * width;
    }

    private void addCandidates(Beam beam, float[] scores, List<Beam.Step> candidates) {
        ScoredToken.Place place = new ScoredToken.Place(
                scores.clone(), beginning.settings().logprobs().orElse(0));
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) place.logprob(i);
        }
        if (beam.seen() != null) {
            double penalty = beginning.settings().sampling().repetitionPenalty();
            ScoreProcessors.penalizeRepetition(scores, beam.seen(), penalty);
        }
        if (beam.constraint() != null) {
            beam.constraint().mask(scores, beginning.settings().maxNewTokens() - beam.ids().length);
        }
        boolean told = beginning.settings().logprobs().isPresent();
        for (int token : Largest.indices(scores, candidatesKept())) {
            candidates.add(new Beam.Step(beam, token, beam.score() + scores[token], told ? place.chosen(token) : null));
        }
    }

    private void choose(List<Beam.Step> candidates) {
        List<Beam.Step> goOn = new ArrayList<>();
        boolean allEnd = true;
        for (int rank = 0; rank < candidates.size(); rank++) {
            Beam.Step each = candidates.get(rank);
            End how = endOf(each);
            allEnd &= how != null;
            if (how != null && rank < width) {
                ended.add(result(each, how));
            } else if (how == null && goOn.size() < width) {
                goOn.add(each);
            }
        }
        ended.sort(Comparator.comparingDouble(BeamSearch::score).reversed());
        ended = new ArrayList<>(ended.subList(0, Math.min(width, ended.size())));
        if (candidates.isEmpty()) {
            endWithoutCandidates();
        } else if (allEnd || !canImprove(goOn)) {
            finish(End.STOP);
        } else {
            goOn(goOn);
        }
    }

    /** How a candidate ends, or null if it goes on. */
    private @Nullable End endOf(Beam.Step step) {
        if (beginning.stopIds().contains(step.token())) {
            return End.STOP;
        }
        if (beginning.listener().ends(step.ids())) {
            return End.STOP;
        }
        return step.beam().ids().length + 1 >= beginning.settings().maxNewTokens() ? End.LENGTH : null;
    }

    private GeneratedText result(Beam.Step step, End how) {
        float score = normalized(step.score(), step.beam().ids().length + 1);
        boolean stopToken = beginning.stopIds().contains(step.token());
        long[] ids = stopToken ? step.beam().ids() : step.ids();
        return new GeneratedText(ids, how, OptionalDouble.of(score), step.tokens());
    }

    private float normalized(float score, int length) {
        return score / (float) Math.pow(length, lengthPenalty);
    }

    private static double score(GeneratedText text) {
        return text.score().orElseThrow();
    }

    private boolean canImprove(List<Beam.Step> goOn) {
        if (ended.size() < width) {
            return true;
        }
        float best = normalized(goOn.get(0).score(), goOn.get(0).beam().ids().length + 1);
        return best > score(ended.get(ended.size() - 1));
    }

    private void endWithoutCandidates() {
        for (Beam each : running) {
            if (each.constraint() != null && each.constraint().mayEnd() && ended.size() < width) {
                ended.add(each.ended(End.STOP, normalized(each.score(), Math.max(1, each.ids().length))));
            }
        }
        ended.sort(Comparator.comparingDouble(BeamSearch::score).reversed());
        finish(End.CONSTRAINT);
    }

    /** Pages of beams that end are given back first: then there is room for those that go on twice. */
    private void goOn(List<Beam.Step> steps) {
        List<Beam> next = steps.stream().map(Beam.Step::taken).toList();
        Set<PagedText> kept = new HashSet<>();
        next.forEach(each -> kept.add(each.text()));
        running.stream().map(Beam::text).filter(each -> !kept.contains(each)).forEach(this::release);
        running = new ArrayList<>();
        Set<PagedText> taken = new HashSet<>();
        for (Beam each : next) {
            boolean first = each.text() != beginning.text() && taken.add(each.text());
            running.add(first ? each : each.in(beginning.branch(each.text())));
        }
        PagedText any = running.get(0).text();
        beginning.rooms().hold(width - running.size(), any.tokensOfFork(beginning.tokensBehind(any)));
    }

    private void release(PagedText text) {
        if (text != beginning.text()) {
            text.close();
        }
    }

    /** @param without how it ended where no text has */
    private void finish(End without) {
        end = without;
        if (ended.isEmpty()) {
            running.stream().limit(1).forEach(best -> ended.add(best.ended(without, best.score())));
        }
        close();
    }

    @Override
    public void end(End how) {
        if (end == null) {
            if (ended.isEmpty() && running.isEmpty()) {
                ended.add(new GeneratedText(new long[0], how, OptionalDouble.empty(), List.of()));
            }
            finish(how);
        }
    }

    @Override
    public boolean done() {
        return end != null;
    }

    @Override
    public long[] ids() {
        if (!ended.isEmpty()) {
            return ended.get(0).ids();
        }
        return running.isEmpty() ? new long[0] : running.get(0).ids();
    }

    @Override
    public List<GeneratedText> results() {
        return ended.subList(0, Math.min(ended.size(), beginning.settings().n()));
    }

    @Override
    public void close() {
        running.stream().map(Beam::text).forEach(this::release);
        beginning.rooms().close();
    }
}
