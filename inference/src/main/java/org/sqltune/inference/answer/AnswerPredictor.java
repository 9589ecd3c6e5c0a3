package org.sqltune.inference.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.answer.AnswerService.Prepared;
import org.sqltune.inference.engine.PromptTooLongException;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.model.generation.GenerationSettings;

/**
 * Answers batches of questions through a service. Prompts that begin alike follow each other, so that what they share is
 * computed once. An answer depends on its own question and id alone, also where it is sampled. An interrupted thread cancels
 * what is left of the batch and ends it with an {@link InterruptedWorkException}.
 */
public final class AnswerPredictor implements SqlPredictor {
    private static final Logger log = LoggerFactory.getLogger(AnswerPredictor.class);

    /** Requests of a batch that are under way at once: enough for any runtime to have the next one ready. */
    private static final int UNDER_WAY = 64;

    private final AnswerService service;
    private final Supplier<Optional<String>> adapter;
    private final GenerationSettings decoding;
    private final TextListener listener;
    private final AnswerConstraint constraint;

    /**
     * @param adapter which adapter answers a batch; asked when the batch comes
     * @param decoding how to decode; its seed is mixed with each question's
     */
    public AnswerPredictor(AnswerService service, Supplier<Optional<String>> adapter, GenerationSettings decoding) {
        this(service, adapter, decoding, TextListener.NONE);
    }

    /** @param listener told how answers grow; makes sense for one question at a time */
    public AnswerPredictor(
            AnswerService service,
            Supplier<Optional<String>> adapter,
            GenerationSettings decoding,
            TextListener listener) {
        this(service, adapter, decoding, listener, AnswerConstraint.NONE);
    }

    private AnswerPredictor(
            AnswerService service,
            Supplier<Optional<String>> adapter,
            GenerationSettings decoding,
            TextListener listener,
            AnswerConstraint constraint) {
        this.constraint = constraint;
        this.service = service;
        this.adapter = adapter;
        this.decoding = decoding;
        this.listener = listener;
    }

    /** The same with answers that are kept to something. */
    public AnswerPredictor constrained(AnswerConstraint other) {
        return new AnswerPredictor(service, adapter, decoding, listener, other);
    }

    /** An answer's place in its batch, and the answer or why there is none. */
    private record Ended(
            int index, @Nullable Answer answer, @Nullable Throwable failure) {}

    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        return SqlPredictor.gathered(questions, progress, this::predictEach);
    }

    @Override
    public void predictEach(List<SqlQuestion> questions, SqlPredictor.AnswerListener told) {
        answerEach(questions, (place, answer) -> told.answered(place, Predictions.of(questions.get(place), answer)));
    }

    /** Receives whole answers as they come. */
    @FunctionalInterface
    public interface WholeAnswers {
        /**
         * Called once for each question, by the thread that asked, in any order.
         *
         * @param place the question's index in the batch
         * @param answer null if the prompt was too long for the model
         */
        void answered(int place, @Nullable Answer answer);
    }

    /** As {@link #predictEach}, with all texts that were asked for and what they took. */
    public void answerEach(List<SqlQuestion> questions, WholeAnswers told) {
        Optional<String> chosen = adapter.get();
        List<Prepared> prepared =
                questions.stream().map(each -> prepare(each, chosen)).toList();
        List<Integer> order = IntStream.range(0, prepared.size())
                .boxed()
                .sorted(Comparator.comparing(index -> prepared.get(index).text().prompt()))
                .toList();
        new Batch(questions, prepared, told).run(order);
    }

    private Prepared prepare(SqlQuestion question, Optional<String> chosen) {
        AnswerRequest request =
                AnswerRequest.of(new AnswerPrompt.Question(question), decoding).withConstraint(constraint);
        Prepared prepared = service.prepare(chosen.map(request::withAdapter).orElse(request));
        // By what is asked and not by its place, so that a question gets the same sample alone and in a batch.
        long seed = 31L * question.id().hashCode()
                + prepared.text().prompt().hashCode()
                + decoding.sampling().seed();
        return prepared.withSeed(seed);
    }

    /** One batch on its way. */
    private final class Batch {
        private final List<SqlQuestion> questions;
        private final List<Prepared> prepared;
        private final WholeAnswers told;
        private final BlockingQueue<Ended> ended;
        private final List<AnswerTicket> tickets = new ArrayList<>();
        private int begun;
        private int done;
        private boolean toldOfLongPrompts;

        Batch(List<SqlQuestion> questions, List<Prepared> prepared, WholeAnswers told) {
            this.questions = questions;
            this.prepared = prepared;
            this.told = told;
            this.ended = new ArrayBlockingQueue<>(Math.max(1, questions.size()));
        }

        void run(List<Integer> order) {
            try {
                while (done < order.size()) {
                    while (begun < order.size() && begun - done < UNDER_WAY) {
                        begin(order.get(begun++));
                    }
                    take(ended.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedWorkException("The answer was stopped");
            } finally {
                // Does nothing to those that have ended.
                tickets.forEach(AnswerTicket::cancel);
            }
        }

        private void begin(int index) {
            try {
                AnswerTicket ticket = service.submit(prepared.get(index), listener);
                tickets.add(ticket);
                ticket.answer().whenComplete((answer, failure) -> ended.add(new Ended(index, answer, failure)));
            } catch (PromptTooLongException e) {
                if (questions.size() == 1) {
                    throw e;
                }
                tellOfLongPrompt(questions.get(index), e);
                ended.add(new Ended(index, null, null));
            }
        }

        /** Said once: prompts of one schema are alike in length. */
        private void tellOfLongPrompt(SqlQuestion question, PromptTooLongException why) {
            if (!toldOfLongPrompts) {
                toldOfLongPrompts = true;
                log.warn("Question {} and perhaps others have no answer. {}", question.id(), why.getMessage());
            }
        }

        private void take(Ended each) {
            if (each.failure() != null) {
                throw failure(each.failure());
            }
            done++;
            told.answered(each.index(), each.answer());
        }
    }

    private static SqlTuneException failure(Throwable cause) {
        Throwable own = cause.getCause() instanceof SqlTuneException known ? known : cause;
        return own instanceof SqlTuneException known
                ? new SqlTuneException(String.valueOf(known.getMessage()), known)
                : new SqlTuneException("The runtime failed: " + own, own);
    }
}
