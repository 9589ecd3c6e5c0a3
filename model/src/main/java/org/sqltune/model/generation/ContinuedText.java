package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.NextScores;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.generation.Generation.End;

/**
 * One text that is sampled or decoded greedily. Tokens that a constraint forces are appended at once, and tokens that are
 * proposed are kept as far as they are what would have been chosen: both are computed in one pass, and change nothing.
 */
final class ContinuedText {
    private final GenerationSettings settings;
    private final Set<Integer> stopIds;
    private final TokenHistory history;
    private final TokenSampler sampler;
    private final Speculation speculation;
    private final @Nullable FollowedConstraint constraint;
    private final IntPredicate listener;
    private final BooleanSupplier cancelled;
    private final List<ScoredToken> scored = new ArrayList<>();
    private final PagedText text;
    private int proposed;
    private @Nullable End end;

    /**
     * @param text the prompt, computed, with slots for as many tokens as may follow
     * @param listener told each token; false ends the text
     * @param cancelled asked before each token
     */
    ContinuedText(
            GenerationSettings settings,
            long[] prompt,
            PagedText text,
            @Nullable FollowedConstraint constraint,
            Set<Integer> stopIds,
            IntPredicate listener,
            BooleanSupplier cancelled) {
        this.settings = settings;
        this.stopIds = stopIds;
        this.history = new TokenHistory(prompt);
        this.sampler = new TokenSampler(settings.sampling(), prompt);
        this.speculation = new Speculation(settings.speculation(), stopIds);
        this.text = text;
        this.constraint = constraint;
        this.listener = listener;
        this.cancelled = cancelled;
    }

    PagedText text() {
        return text;
    }

    boolean done() {
        return end != null;
    }

    void finish(End how) {
        end = how;
    }

    Speculation speculation() {
        return speculation;
    }

    /** New tokens so far. */
    long[] ids() {
        return history.generatedIds();
    }

    /**
     * What has to be computed for the next token, with what is proposed behind it.
     *
     * @param room how many tokens may be proposed
     */
    NewTokens next(int room) {
        long[] proposal = speculation.propose(history, Math.min(room, tokensLeft() - 1));
        proposed = proposal.length;
        long[] ids = history.from(text.length(), proposal);
        return new NewTokens(text, ids, settings.logprobs().isPresent() ? ids.length : 1 + proposed);
    }

    private int tokensLeft() {
        return settings.maxNewTokens() - history.generated();
    }

    /**
     * Goes on by the scores behind the last computed tokens.
     *
     * @param scores the last rows, of which the first is {@code firstRow}
     */
    void take(NextScores scores, int firstRow, int rows) {
        int computed = text.length();
        if (tokensLeft() <= 0) {
            end = End.LENGTH;
        }
        if (history.generated() == 0) {
            addForced();
        }
        // The row behind the token at a place scores the tokens of the next place.
        int place = computed - rows + 1;
        while (end == null && place <= computed && place <= history.length() && isRight(place - 1)) {
            int row = firstRow + place - (computed - rows + 1);
            if (place < history.length()) {
                tellOf((int) history.at(place), scores, row);
            } else {
                choose(scores, row);
            }
            place++;
        }
        keepWhatIsRight(computed - proposed);
    }

    private void keepWhatIsRight(int chosen) {
        int right = chosen;
        while (right < Math.min(text.length(), history.length()) && isRight(right)) {
            right++;
        }
        speculation.verified(proposed, right - chosen);
        proposed = 0;
        text.truncate(right);
    }

    /** Whether the token that was computed at a place is the text's. */
    private boolean isRight(int place) {
        return text.id(place) == history.at(place);
    }

    private void tellOf(int token, NextScores scores, int row) {
        if (settings.logprobs().isPresent()) {
            int count = settings.logprobs().getAsInt();
            scored.add(
                    count == 0
                            ? new ScoredToken(token, scores.logprob(row, token), List.of())
                            : new ScoredToken.Place(scores.row(row), count).chosen(token));
        }
    }

    private void choose(NextScores scores, int row) {
        if (cancelled.getAsBoolean()) {
            end = End.CANCELLED;
            return;
        }
        int token = chosen(scores, row);
        if (constraint != null && stopIds.contains(token) && !constraint.mayEnd()) {
            if (endShortly()) {
                return;
            }
            token = chosenOfAllowed(constraint, scores, row);
        }
        if (token >= 0) {
            tellOf(token, scores, row);
        }
        if (token < 0) {
            end = constraint != null && constraint.mayEnd() ? End.STOP : End.CONSTRAINT;
        } else if (stopIds.contains(token)) {
            end = End.STOP;
        } else {
            add(token);
            addForced();
        }
    }

    private int chosen(NextScores scores, int row) {
        if (constraint == null) {
            return sampler.takesBest() ? scores.best(row) : sampler.choose(scores.row(row), history.generated());
        }
        if (sampler.takesBest() && !scores.costly()) {
            // Mostly the model's choice may come, and asking about one token costs far less than finding all.
            int best = scores.best(row);
            if (stopIds.contains(best) || constraint.allows(best, tokensLeft())) {
                return best;
            }
        }
        // Greedy decoding also sees whether the model would end.
        int[] tokens = sampler.takesBest()
                ? constraint.allowedAndStops(tokensLeft(), scores.vocabulary())
                : constraint.allowed(tokensLeft(), scores.vocabulary());
        if (tokens.length <= 1) {
            return tokens.length == 0 ? -1 : tokens[0];
        }
        return sampler.chooseOf(scores.of(row, tokens), tokens, history.generated());
    }

    private int chosenOfAllowed(FollowedConstraint what, NextScores scores, int row) {
        int[] allowed = what.allowed(tokensLeft(), scores.vocabulary());
        return allowed.length == 0 ? -1 : sampler.chooseOf(scores.of(row, allowed), allowed, history.generated());
    }

    /**
     * The model would end the text where it may not: what is missing is added, without asking what the model thinks of it. Else
     * it would go on with what it finds least improbable, often until no token is left.
     *
     * @return whether the text has ended
     */
    private boolean endShortly() {
        int[] ending =
                constraint == null || settings.logprobs().isPresent() ? new int[0] : constraint.ending(tokensLeft());
        for (int each : ending) {
            if (end == null) {
                add(each);
            }
        }
        if (ending.length > 0 && (end == null || end == End.LENGTH)) {
            end = End.STOP;
        }
        return ending.length > 0;
    }

    private void addForced() {
        if (constraint == null || end != null) {
            return;
        }
        for (int each : constraint.forced()) {
            if (end != null || stopIds.contains(each)) {
                return;
            }
            add(each);
        }
    }

    private void add(int token) {
        history.add(token);
        sampler.took(token);
        if (constraint != null) {
            constraint.advance(token);
        }
        if (!listener.test(token)) {
            end = End.STOP;
        } else if (cancelled.getAsBoolean()) {
            end = End.CANCELLED;
        } else if (tokensLeft() <= 0) {
            end = End.LENGTH;
        }
    }

    GeneratedText result() {
        if (end == null) {
            throw new IllegalStateException("the text hasn't ended yet");
        }
        double sum = scored.stream().mapToDouble(ScoredToken::logprob).sum();
        OptionalDouble score = settings.logprobs().isPresent() ? OptionalDouble.of(sum) : OptionalDouble.empty();
        return new GeneratedText(ids(), end, score, scored);
    }
}
