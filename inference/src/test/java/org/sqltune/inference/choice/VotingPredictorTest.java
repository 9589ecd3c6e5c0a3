package org.sqltune.inference.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.example.AnswerEvidence.Outcome;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.SqliteFile;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.inference.ShopDatabase;
import org.sqltune.inference.answer.AnswerPredictor;
import org.sqltune.inference.answer.AnswerService;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCandidate;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.engine.TokenLogprob;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.generation.GenerationSettings;

@Timeout(60)
class VotingPredictorTest {
    private static final String WRONG_NAME = "SELECT nam FROM customers";
    private static final String NOBODY = "SELECT name FROM customers WHERE city = 'Rome'";
    private static final String ADA = "SELECT name FROM customers WHERE customer_id = 1";
    private static final String ADA_AGAIN = "SELECT name FROM customers WHERE city = 'London'";
    private static final String BO = "SELECT name FROM customers WHERE customer_id = 2";
    private static final GenerationSettings GREEDY = GenerationSettings.greedy(16);
    private static final GenerationSettings WARM = new GenerationSettings(0.7, 1, 16, 5);

    @TempDir
    private Path folder;

    private Path database;
    private final Written written = new Written();
    private final List<String> run = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void createDatabase() {
        database = ShopDatabase.create(folder);
    }

    /** Gives the greedy answer to requests for one text, and the others to requests for several. */
    private static final class Written implements TextCompleter {
        private final Map<String, Double> logprobs = new HashMap<>();
        private final List<GenerationSettings> asked = new ArrayList<>();
        private List<String> greedy = List.of();
        private List<String> others = List.of();

        @Override
        public TextTicket submit(TextRequest request, TextListener listener) {
            asked.add(request.settings());
            boolean one =
                    request.settings().n() == 1 && request.settings().sampling().greedy();
            TextTicket ticket = new TextTicket(() -> {});
            List<TextCandidate> candidates =
                    (one ? greedy : others).stream().map(this::candidate).toList();
            ticket.complete(new TextAnswer(
                    candidates.get(0).text(), End.STOP, 10, 0, 5 * candidates.size(), 0, 0.5, 0.5, candidates));
            return ticket;
        }

        private TextCandidate candidate(String sql) {
            double logprob = logprobs.getOrDefault(sql, -0.5);
            List<TokenLogprob> tokens = List.of(
                    new TokenLogprob(1, "a", logprob + 0.1, List.of()),
                    new TokenLogprob(2, "b", logprob - 0.1, List.of()));
            return new TextCandidate(sql, End.STOP, 5, OptionalDouble.of(2 * logprob), tokens);
        }

        @Override
        public Set<String> adapters() {
            return Set.of();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** Counts what is run. */
    private QueryDatabases counted() {
        SqliteFile file = new SqliteFile(database);
        return new QueryDatabases() {
            @Override
            public boolean has(String databaseId) {
                return databaseId.equals("shop");
            }

            @Override
            public void check() {
                // It is there.
            }

            @Override
            public Session open(QueryLimits limits, int parallel) {
                Session session = file.open(limits, parallel);
                return new Session() {
                    @Override
                    public SqlExecutor database(String databaseId) {
                        return sql -> {
                            run.add(sql);
                            return session.database(databaseId).execute(sql);
                        };
                    }

                    @Override
                    public void close() {
                        session.close();
                    }
                };
            }
        };
    }

    private SqlPrediction vote(GenerationSettings decoding, int n, String databaseId) {
        AnswerService service = new AnswerService(
                written,
                new ModelPrompts(PromptContract.of(DataSettings.defaults()), TokenEstimate::of),
                TokenEstimate::of);
        try (CandidateRuns runs = new CandidateRuns(counted(), QueryLimits.DEFAULTS)) {
            AtomicInteger told = new AtomicInteger();
            List<SqlPrediction> answers = new VotingPredictor(
                            settings -> new AnswerPredictor(service, Optional::empty, settings), decoding, n, runs)
                    .predict(
                            List.of(new SqlQuestion(
                                    "q", databaseId, "Who?", new VerbatimSchema("TABLE: customers ( name (text) )"))),
                            (done, total, message) -> told.set((int) done));
            assertThat(told).hasValue(1);
            return answers.get(0);
        }
    }

    @Test
    void theResultThatMostCandidatesGiveIsTaken() {
        written.greedy = List.of(BO);
        written.others = List.of(ADA, ADA_AGAIN, NOBODY);

        SqlPrediction answer = vote(GREEDY, 4, "shop");

        assertThat(answer.sql()).isEqualTo(ADA);
        assertThat(answer.generatedTokens()).isEqualTo(20);
        assertThat(answer.evidence().candidates()).isEqualTo(4);
        assertThat(answer.evidence().agreed()).isEqualTo(2);
        assertThat(answer.evidence().share()).isEqualTo(0.5, within(1e-9));
        assertThat(answer.evidence().minLogprob()).isEqualTo(-0.6, within(1e-9));
        assertThat(answer.evidence().outcome()).isEqualTo(Outcome.ROWS);
    }

    @Test
    void errorsAndEmptyResultsComeLast() {
        written.greedy = List.of(WRONG_NAME);
        written.others = List.of(WRONG_NAME + " ", NOBODY, NOBODY + " LIMIT 1", BO);
        assertThat(vote(GREEDY, 5, "shop").sql()).isEqualTo(BO);

        written.others = List.of(NOBODY);
        assertThat(vote(GREEDY, 2, "shop").sql()).isEqualTo(NOBODY);

        written.others = List.of("SELECT");
        SqlPrediction failed = vote(GREEDY, 2, "shop");
        assertThat(failed.sql()).isEqualTo(WRONG_NAME);
        assertThat(failed.evidence().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void probableCandidatesWeighMore() {
        written.greedy = List.of(BO);
        written.others = List.of(ADA, ADA_AGAIN);
        written.logprobs.putAll(Map.of(BO, -0.1, ADA, -2.0, ADA_AGAIN, -2.0));
        assertThat(vote(GREEDY, 3, "shop").sql()).isEqualTo(BO);
    }

    @Test
    void theMoreProbableOfTwoSingleResultsIsTaken() {
        written.greedy = List.of(BO);
        written.others = List.of(ADA);
        written.logprobs.putAll(Map.of(BO, -0.4, ADA, -0.3));
        assertThat(vote(GREEDY, 2, "shop").sql()).isEqualTo(ADA);
    }

    @Test
    void beamsAreSearchedForWithoutATemperatureAndTheGreedyTextIsThereOnce() {
        written.greedy = List.of(BO);
        written.others = List.of(ADA, BO, ADA_AGAIN, NOBODY);

        SqlPrediction answer = vote(GREEDY, 4, "shop");

        assertThat(written.asked).extracting(GenerationSettings::beams).containsExactly(1, 4);
        assertThat(written.asked).extracting(GenerationSettings::n).containsExactly(1, 4);
        assertThat(answer.evidence().candidates()).isEqualTo(4);
        assertThat(run).containsExactlyInAnyOrder(BO, ADA, ADA_AGAIN, NOBODY);
    }

    @Test
    void samplesAreDrawnWithATemperatureAndEqualOnesAreRunOnceButCounted() {
        written.greedy = List.of(BO);
        written.others = List.of(ADA, ADA, NOBODY);

        SqlPrediction answer = vote(WARM, 4, "shop");

        assertThat(written.asked).extracting(GenerationSettings::n).containsExactly(1, 3);
        assertThat(written.asked)
                .extracting(each -> each.sampling().temperature())
                .containsExactly(0.0, 0.7);
        assertThat(answer.sql()).isEqualTo(ADA);
        assertThat(answer.evidence().agreed()).isEqualTo(2);
        assertThat(run).containsExactlyInAnyOrder(BO, ADA, NOBODY);
    }

    @Test
    void aQuestionWithoutADatabaseGetsItsGreedyAnswer() {
        written.greedy = List.of(BO);
        written.others = List.of(ADA);
        SqlPrediction answer = vote(GREEDY, 2, "elsewhere");
        assertThat(answer.sql()).isEqualTo(BO);
        assertThat(written.asked).hasSize(1);
        assertThat(run).isEmpty();
    }

    @Test
    void nothingCanBeChanged() {
        written.greedy = List.of("DELETE FROM customers");
        written.others = List.of("DROP TABLE customers", "SELECT count(*) FROM customers");
        assertThat(vote(GREEDY, 3, "shop").sql()).isEqualTo("SELECT count(*) FROM customers");
    }
}
