package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.postgres.SqliteFiles;
import org.sqltune.postgres.query.QueryTranslator;
import org.sqltune.postgres.query.QueryTranslator.TranslatedQuery;
import org.sqltune.postgres.schema.SchemaConverter;

/** Verdicts over databases that answer as they are told, so that what seldom happens happens. */
class QueryProofTest {
    private static final String ORDERED = "SELECT name FROM singer ORDER BY age";
    private static final String PLAIN = "SELECT name FROM singer";
    private static final String LIMITED = "SELECT name FROM singer ORDER BY age LIMIT 2";
    private static final String GROUPED = "SELECT name FROM singer GROUP BY country";

    @TempDir
    private static Path folder;

    private static QueryTranslator translator;

    @BeforeAll
    static void makeTranslator() {
        translator = new QueryTranslator(
                new SchemaConverter().convert(SqliteFiles.make(folder, "concerts", SqliteFiles.CONCERTS)));
    }

    /** Answers each query as told; any other as the first one. */
    private static final class Told implements SqlExecutor {
        private final Map<String, QueryResult> answers = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private final QueryResult usual;

        Told(QueryResult usual) {
            this.usual = usual;
        }

        Told answering(String sql, QueryResult result) {
            answers.put(sql, result);
            return this;
        }

        @Override
        public QueryResult execute(String sql) {
            asked.add(sql);
            return answers.getOrDefault(sql, usual);
        }
    }

    private static final SqlExecutor NEVER = sql -> {
        throw new AssertionError("nothing should be asked: " + sql);
    };

    @Test
    void theSameRowsInAnyOrderProveAQueryWithoutOne() {
        Verdict verdict = prove(PLAIN, new Told(rows("a", "b")), new Told(rows("b", "a")));

        assertThat(verdict.isProved()).isTrue();
        assertThat(verdict.ordered()).isFalse();
        assertThat(verdict.freeChoice()).isFalse();
    }

    @Test
    void theSameRowsInTheSameOrderAreOrdered() {
        Told postgres = new Told(rows("a", "b"));

        assertThat(prove(ORDERED, new Told(rows("a", "b")), postgres).ordered()).isTrue();
        assertThat(postgres.asked).as("ties needn't be looked into").hasSize(1);
    }

    @Test
    void anotherOrderIsWrongWhereTheOrderIsTotal() {
        Verdict verdict = prove(ORDERED, new Told(rows("a", "b")), new Told(rows("b", "a")));

        assertThat(verdict.reason()).isEqualTo(RejectReason.ROWS_DIFFER);
        assertThat(verdict.detail()).isEqualTo("the rows in another order");
    }

    @Test
    void anotherOrderIsAsRightWhereRowsAreTied() {
        TranslatedQuery translated = translator.translate(ORDERED);
        Told postgres = new Told(rows("b", "a"))
                .answering(translated.first(), rows("a", "b"))
                .answering(translated.last(), rows("b", "a"));

        Verdict verdict = prove(ORDERED, new Told(rows("a", "b")), postgres);

        assertThat(verdict.isProved()).as(verdict.toString()).isTrue();
    }

    @Test
    void aLimitThatCutsThroughATieIsSaid() {
        TranslatedQuery translated = translator.translate(LIMITED);
        Told postgres = new Told(rows("a", "c"))
                .answering(translated.first(), rows("a", "b"))
                .answering(translated.last(), rows("a", "c"));

        assertThat(prove(LIMITED, new Told(rows("a", "b")), postgres).reason()).isEqualTo(RejectReason.TIED_LIMIT);
    }

    @Test
    void theSameRowsByLuckAreProvedAsAFreeChoice() {
        TranslatedQuery translated = translator.translate(LIMITED);
        Told postgres = new Told(rows("a", "b")).answering(translated.last(), rows("a", "c"));

        Verdict verdict = prove(LIMITED, new Told(rows("a", "b")), postgres);

        assertThat(verdict.isProved()).isTrue();
        assertThat(verdict.freeChoice()).isTrue();
    }

    @Test
    void aFreeRowOfAGroupIsSaid() {
        TranslatedQuery translated = translator.translate(GROUPED);
        Told postgres = new Told(rows("b")).answering(translated.last(), rows("a"));

        assertThat(prove(GROUPED, new Told(rows("a")), postgres).reason()).isEqualTo(RejectReason.FREE_ROW_OF_GROUP);
    }

    @Test
    void otherRowsWithoutAChoiceAreADifference() {
        Verdict verdict = prove(LIMITED, new Told(rows("a")), new Told(rows("z")));

        assertThat(verdict.reason()).isEqualTo(RejectReason.ROWS_DIFFER);
        assertThat(verdict.detail()).isEqualTo("[z] instead of [a]");
        assertThat(verdict.sql()).contains("LIMIT 2");
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, TIMEOUT",
        "TOO_LARGE, TOO_LARGE",
        "MISSING_DATABASE, NO_DATABASE",
        "SYNTAX, SQLITE_ERROR",
        "NOT_A_QUERY, SQLITE_ERROR"
    })
    void howSqliteFailsDecidesTheReason(Kind kind, RejectReason reason) {
        Verdict verdict = prove(PLAIN, failing(kind), NEVER);

        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.sql()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, TIMEOUT", "TOO_LARGE, TOO_LARGE", "SYNTAX, POSTGRES_ERROR"})
    void howPostgresqlFailsDecidesTheReason(Kind kind, RejectReason reason) {
        Verdict verdict = prove(PLAIN, new Told(rows("a")), failing(kind));

        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.sql()).isEqualTo("SELECT Name FROM singer");
        assertThat(verdict.detail()).isEqualTo("it fails here");
    }

    @Test
    void rowsThatWereCutOffAreNotCompared() {
        QueryResult cut = new QueryResult(List.of("name"), List.of(List.of("a")), true);

        assertThat(prove(PLAIN, new Told(cut), new Told(rows("a"))).reason()).isEqualTo(RejectReason.TOO_LARGE);
        assertThat(prove(PLAIN, new Told(rows("a")), new Told(cut)).reason()).isEqualTo(RejectReason.TOO_LARGE);
    }

    @Test
    void whatIsntConvertedIsNotAskedOfPostgresql() {
        Verdict verdict = prove("SELECT printf('%d', age) FROM singer", new Told(rows("a")), NEVER);

        assertThat(verdict.reason()).isEqualTo(RejectReason.CONVERSION);
        assertThat(verdict.detail()).contains("printf");
    }

    @Test
    void aReasonIsOneLine() {
        assertThat(Verdict.rejected(null, RejectReason.PARSE, "a\n  b\tc").detail())
                .isEqualTo("a b c");
        assertThat(Verdict.rejected(null, RejectReason.PARSE, null).isProved()).isFalse();
    }

    private static Verdict prove(String sql, SqlExecutor sqlite, SqlExecutor postgres) {
        return new QueryProof(translator, sqlite, postgres).prove(sql);
    }

    private static SqlExecutor failing(Kind kind) {
        return sql -> {
            throw new SqlExecutionException(kind, "it fails\nhere");
        };
    }

    private static QueryResult rows(String... names) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Arrays.stream(names).forEach(name -> rows.add(Arrays.asList((Object) name)));
        return new QueryResult(List.of("name"), rows, false);
    }
}
