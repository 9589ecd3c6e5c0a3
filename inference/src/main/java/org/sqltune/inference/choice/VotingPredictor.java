package org.sqltune.inference.choice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.answer.Answer;
import org.sqltune.inference.answer.AnswerPredictor;
import org.sqltune.inference.answer.Predictions;
import org.sqltune.inference.choice.Candidate.Result;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCandidate;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.Sampling;

/**
 * Answers each question with the candidate that {@link Vote} chooses. The greedy answer is always among them; the others are
 * samples if there is a temperature, else the beams of a search. A text that comes several times is run once; of samples it has
 * several votes. Questions without a database get their greedy answer. A few questions are answered at a time, and queries
 * run while the next candidates are written.
 */
public final class VotingPredictor implements SqlPredictor {
    /** Questions whose candidates are under way together: enough to fill a batch, few enough to hand over answers soon. */
    private static final int TOGETHER = 16;

    /** Makes a predictor that decodes in a given way. */
    @FunctionalInterface
    public interface Decoders {
        /** The predictor of a way to decode. */
        AnswerPredictor decoding(GenerationSettings settings);
    }

    private final AnswerPredictor greedy;
    private final AnswerPredictor others;
    private final boolean sampled;
    private final int n;
    private final CandidateRuns runs;

    /**
     * @param decoders asks the model
     * @param decoding how other candidates than the greedy one are decoded
     * @param n candidates for each question, at least 2
     * @param runs runs them
     */
    public VotingPredictor(Decoders decoders, GenerationSettings decoding, int n, CandidateRuns runs) {
        Sampling sampling = decoding.sampling();
        this.n = n;
        this.runs = runs;
        this.sampled = !sampling.greedy();
        Sampling best = new Sampling(0, 1, 0, 0, sampling.repetitionPenalty(), sampling.seed());
        this.greedy = decoders.decoding(decoding(decoding, best, 1, 1));
        this.others = decoders.decoding(
                sampled
                        ? decoding(decoding, sampling, n - 1, 1)
                        : decoding(decoding, best, n, Math.max(n, decoding.beams())));
    }

    private static GenerationSettings decoding(GenerationSettings usual, Sampling sampling, int answers, int beams) {
        return new GenerationSettings(
                        sampling,
                        usual.maxNewTokens(),
                        answers,
                        beams,
                        usual.lengthPenalty(),
                        usual.logprobs(),
                        usual.speculation())
                .withLogprobs(0);
    }

    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        return SqlPredictor.gathered(questions, progress, this::predictEach);
    }

    @Override
    public void predictEach(List<SqlQuestion> questions, AnswerListener told) {
        List<Asked> behind = List.of();
        for (int begin = 0; begin < questions.size(); begin += TOGETHER) {
            List<Asked> next = ask(questions, begin, Math.min(questions.size(), begin + TOGETHER));
            behind.forEach(each -> told.answered(each.place, each.chosen()));
            behind = next;
        }
        behind.forEach(each -> told.answered(each.place, each.chosen()));
    }

    private List<Asked> ask(List<SqlQuestion> questions, int begin, int end) {
        List<SqlQuestion> part = questions.subList(begin, end);
        List<Asked> asked = new ArrayList<>();
        for (int i = begin; i < end; i++) {
            asked.add(new Asked(i, questions.get(i)));
        }
        greedy.answerEach(part, (place, answer) -> asked.get(place).takeGreedy(answer));
        List<Asked> votes = asked.stream().filter(Asked::mayVote).toList();
        List<SqlQuestion> voted = votes.stream().map(each -> each.question).toList();
        others.answerEach(voted, (place, answer) -> votes.get(place).takeOthers(answer));
        return asked;
    }

    /** A question with its candidates. */
    private final class Asked {
        private final int place;
        private final SqlQuestion question;
        private final List<Candidate> candidates = new ArrayList<>();
        private final Map<String, CompletableFuture<Result>> results = new HashMap<>();
        private SqlPrediction first;

        Asked(int place, SqlQuestion question) {
            this.place = place;
            this.question = question;
            this.first = Predictions.of(question, null);
        }

        boolean mayVote() {
            return !candidates.isEmpty() && runs.has(question.databaseId());
        }

        void takeGreedy(@Nullable Answer answer) {
            first = Predictions.of(question, answer);
            if (answer != null) {
                add(answer, 0);
            }
        }

        void takeOthers(@Nullable Answer answer) {
            if (answer == null) {
                return;
            }
            first = new SqlPrediction(
                    question.id(),
                    first.sql(),
                    first.generatedTokens() + answer.text().newTokens(),
                    first.seconds()
                            + answer.text().prefillSeconds()
                            + answer.text().decodeSeconds(),
                    first.cut(),
                    first.evidence(),
                    null);
            // A search finds each text once, the greedy one perhaps among them.
            Set<String> known = new LinkedHashSet<>();
            known.add(first.sql());
            for (int i = 0; i < answer.candidates().size() && candidates.size() < n; i++) {
                if (sampled || known.add(answer.candidates().get(i))) {
                    add(answer, i);
                }
            }
        }

        private void add(Answer answer, int index) {
            TextCandidate text = answer.text().candidates().get(index);
            String sql = answer.candidates().get(index);
            AnswerEvidence evidence = Predictions.evidence(text);
            boolean cut = text.end() == End.LENGTH && text.text().strip().endsWith(sql);
            candidates.add(
                    evidence == null
                            ? new Candidate(sql, 0, 0, cut)
                            : new Candidate(sql, evidence.meanLogprob(), evidence.minLogprob(), cut));
            if (runs.has(question.databaseId())) {
                results.computeIfAbsent(sql, each -> runs.run(question.databaseId(), each));
            }
        }

        SqlPrediction chosen() {
            if (!mayVote()) {
                return first;
            }
            List<Result> given = new ArrayList<>();
            for (Candidate candidate : candidates) {
                given.add(await(results.get(candidate.sql())));
            }
            Vote.Choice choice = Vote.of(candidates, given);
            Candidate chosen = candidates.get(choice.index());
            return new SqlPrediction(
                    question.id(),
                    chosen.sql(),
                    first.generatedTokens(),
                    first.seconds(),
                    chosen.cut(),
                    choice.evidence(),
                    null);
        }

        private Result await(@Nullable CompletableFuture<Result> running) {
            try {
                return running == null ? new Result.Failed() : running.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedWorkException("The answer was stopped");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException known) {
                    throw known;
                }
                throw new IllegalStateException("a candidate's query failed", e.getCause());
            }
        }
    }
}
