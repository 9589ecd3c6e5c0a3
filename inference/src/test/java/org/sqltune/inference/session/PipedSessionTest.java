package org.sqltune.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteFile;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.FakePredictor;
import org.sqltune.inference.ShopDatabase;

class PipedSessionTest {
    private static final String COUNT = "How many customers are there?";
    private static final String COUNT_SQL = "SELECT count(*) AS n FROM customers";
    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    private static final String TIMES = "\\d+\\.\\d\\d s";

    private final Map<String, String> answers = new HashMap<>(
            Map.of(COUNT, COUNT_SQL, "Who lives where?", "SELECT name, city FROM customers ORDER BY customer_id"));
    private final FakePredictor predictor = new FakePredictor(answers);

    @TempDir
    private Path folder;

    private Path database;
    private int exitCode;

    @BeforeEach
    void createDatabase() {
        database = ShopDatabase.create(folder);
    }

    @Test
    void questionsAreAnsweredWithSqlAndRowsAndNothingElseIsPrinted() {
        String output = run(COUNT, "  Who lives where?  ");

        assertThat(output).matches("""
                SELECT count\\(\\*\\) AS n FROM customers
                n
                -
                3
                \\(1 row, SQL in 0.25 s, rows in TIME\\)
                SELECT name, city FROM customers ORDER BY customer_id
                name \\| city
                -----\\+-------
                Ada  \\| London
                Bo   \\| NULL
                Chen \\| 上海
                \\(3 rows, SQL in 0.25 s, rows in TIME\\)
                """.replace("TIME", TIMES));
        assertThat(exitCode).isZero();
    }

    @Test
    void answersAndTypedQueriesAreExplained() {
        String output = run(
                "\\explain", COUNT, "\\explain", "\\explain SELECT city FROM customers LIMIT 1", "\\explain on", COUNT);

        assertThat(output.lines())
                .startsWith("There is no SQL to explain yet: ask a question first, or type SQL behind \\explain.")
                .containsSubsequence(
                        "Shows the number of rows (as n) in customers.",
                        "Shows city from customers.",
                        "Returns only the first row.",
                        "Every answer is explained now.",
                        COUNT_SQL,
                        "Shows the number of rows (as n) in customers.");
    }

    @Test
    void thePredictorSeesTheDatabasesSchemaAndEveryQuestionUnderAnIdOfItsOwn() {
        run(COUNT, COUNT);

        assertThat(predictor.batches)
                .containsExactly(
                        List.of(new SqlQuestion("1", "shop", COUNT, ShopDatabase.schema(database))),
                        List.of(new SqlQuestion("2", "shop", COUNT, ShopDatabase.schema(database))));
    }

    @Test
    void questionsOfAnyScriptReachThePredictor() {
        answers.put("Wer lebt in 上海? 😀", COUNT_SQL);

        assertThat(run("Wer lebt in 上海? 😀")).startsWith(COUNT_SQL);
    }

    @Test
    void aQuestionThatTheModelCantAnswerIsSurvived() {
        String output = run("Gibberish?", COUNT);

        assertThat(output.lines().findFirst())
                .hasValue("The model failed: No answer to Gibberish?: ask another question");
        assertThat(output).contains("\nn\n-\n3\n");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void anUnexpectedFailureOfTheModelIsSurvived() {
        String output = run(
                (questions, progress) -> {
                    throw new IllegalStateException("out of\nmemory");
                },
                QueryLimits.DEFAULTS,
                COUNT,
                "SELECT 1 AS n");

        assertThat(output).startsWith("The model failed: java.lang.IllegalStateException: out of\\nmemory\nn\n-\n1\n");
    }

    @Test
    void sqlThatTheDatabaseRefusesIsShownWithOneLineOfReason() {
        answers.put("How many ships?", "SELECT count(*) FROM ships");
        answers.put("Broken?", "SELECT FROM WHERE");

        String output = run("How many ships?", "Broken?", COUNT);

        assertThat(output.lines().limit(4))
                .containsExactly(
                        "SELECT count(*) FROM ships",
                        "The query failed: no such table: ships",
                        "SELECT FROM WHERE",
                        "The query failed: near \"FROM\": syntax error");
        assertThat(output).contains("\nn\n-\n3\n");
        assertThat(exitCode).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "QUIT;", "\\q"})
    void theWordsOfOtherProgramsEndTheSession(String word) {
        assertThat(run(word, COUNT)).isEmpty();
        assertThat(predictor.batches).isEmpty();
        assertThat(exitCode).isZero();
    }

    @Test
    void theWordsOfOtherProgramsGiveHelp() {
        assertThat(run("help", "?", "Help;", "\\?", ".help").lines().filter(line -> line.startsWith("Type a question")))
                .hasSize(5);
        assertThat(predictor.batches).isEmpty();
        assertThat(exitCode).isZero();
    }

    @Test
    void aWritingStatementIsNeitherRunNorAsked() {
        List<String> statements = List.of(
                "INSERT INTO customers VALUES (4, 'Dan', 'Rome')",
                "delete from customers",
                "UPDATE customers SET name = 'x'",
                "UPDATE OR IGNORE customers SET name = 'x'",
                "DROP TABLE customers;",
                "CREATE TEMP TABLE t (a)",
                "ALTER TABLE customers ADD COLUMN x",
                "PRAGMA writable_schema = 1",
                "VACUUM");
        assertThat(run(statements.toArray(String[]::new)).lines())
                .containsExactlyElementsOf(statements.stream()
                        .map(each -> "Nothing can be changed here, so this wasn't run: " + each
                                + ". Ask a question, or type SELECT …")
                        .toList());
        assertThat(predictor.batches).isEmpty();
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void aQuestionThatBeginsLikeOneIsAsked() {
        List<String> questions = List.of(
                "Update me on the set of sales",
                "Create a table of sales by city",
                "Delete which rows?",
                "exit rates?");
        questions.forEach(question -> answers.put(question, COUNT_SQL));
        run(questions.toArray(String[]::new));
        assertThat(predictor.batches).hasSize(4);
        assertThat(exitCode).isZero();
    }

    @Test
    void anInterruptStopsTheAnswerOrTheQueryAndNotTheSession() {
        SqlPredictor interrupting = (questions, progress) -> {
            Thread.currentThread().interrupt();
            if (questions.get(0).question().equals("Slow?")) {
                return List.of(new SqlPrediction("1", ENDLESS, 3, 0));
            }
            throw new InterruptedWorkException("The answer was stopped");
        };
        String output = run(interrupting, QueryLimits.DEFAULTS, "Stopped?", "Slow?", "SELECT 7 AS n");
        assertThat(output).startsWith("Stopped.\n" + ENDLESS + "\nStopped.\nn\n-\n7\n");
        assertThat(exitCode).isEqualTo(1);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anAnswerThatTheLimitOfTokensEndsSaysSo() {
        SqlPredictor cut = (questions, progress) -> List.of(new SqlPrediction("1", "SELECT 1", 3, 0, true));
        assertThat(run(cut, QueryLimits.DEFAULTS, COUNT)).contains("The answer ends at the limit of 3 tokens");
    }

    @Test
    void anAnswerWithoutSqlIsTold() {
        answers.put("Silence?", " ");

        assertThat(run("Silence?")).isEqualTo("The model answered without SQL; ask in other words.\n");
    }

    @Test
    void sqlThatWouldChangeTheDatabaseOrReadOthersIsRefused() throws IOException {
        byte[] before = Files.readAllBytes(database);
        List<String> attacks = List.of(
                "DROP TABLE customers",
                "SELECT 1; DELETE FROM customers",
                "DELETE FROM customers; SELECT 1",
                "ATTACH DATABASE '/tmp/x.db' AS other",
                "PRAGMA writable_schema = 1",
                "WITH c AS (SELECT 1) DELETE FROM customers",
                "backup to x.db",
                "SELECT load_extension('x')",
                "SELECT writefile('x', 'y')");
        List<String> asked = new ArrayList<>();
        for (String attack : attacks) {
            answers.put("Attack: " + attack, attack);
            asked.addAll(List.of("Attack: " + attack, COUNT));
        }
        List<String> output = run(asked.toArray(String[]::new)).lines().toList();

        for (String attack : attacks) {
            int line = output.indexOf(attack);
            assertThat(output.get(line + 1)).as(attack).startsWith("The query failed: ");
            assertThat(output.subList(line + 2, line + 6)).containsExactly(COUNT_SQL, "n", "-", "3");
        }
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
        assertThat(folder.toFile().list())
                .containsExactly(database.getFileName().toString());
    }

    @Test
    void aTypedSecondStatementIsRefused() {
        String output = run("SELECT 1; DROP TABLE customers", COUNT);

        assertThat(output)
                .startsWith("The query failed: a second statement follows the first, at DROP:"
                        + " SELECT 1; DROP TABLE customers\n")
                .contains("\nn\n-\n3\n");
    }

    @Test
    void aQueryWithoutEndIsStopped() {
        answers.put("Forever?", "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT sum(x) FROM c");

        String output = run(predictor, QueryLimits.DEFAULTS.with(0.2, 100), "Forever?", COUNT);

        assertThat(output)
                .contains("The query failed: stopped at the time limit of 0.2 s\n")
                .contains("\nn\n-\n3\n");
    }

    @Test
    void linesThatBeginLikeSqlAreRunAsTheyAre() {
        String output = run(
                "select name from customers where city is null;",
                "WITH big AS (SELECT * FROM orders WHERE amount > 9) SELECT count(*) AS big FROM big");

        assertThat(output)
                .matches("name\n----\nBo\n\\(1 row, " + TIMES + "\\)\nbig\n---\n  2\n\\(1 row, " + TIMES + "\\)\n");
        assertThat(predictor.batches).isEmpty();
    }

    @Test
    void aQuestionThatBeginsWithWithIsAsked() {
        answers.put("With how many orders does Ada lead?", COUNT_SQL);

        assertThat(run("With how many orders does Ada lead?")).startsWith(COUNT_SQL);
    }

    @Test
    void aSentenceThatBeginsWithSelectIsTakenForSqlAndTheUserIsTold() {
        assertThat(run("Select all customers of London"))
                .startsWith("The query failed: ")
                .endsWith("It was run as SQL since it begins with Select; to ask it, begin with another word\n");
        assertThat(run("SELECT all customers of London")).endsWith("SELECT all customers of London\n");
    }

    @Test
    void onlyFiftyRowsAreShown() {
        String output =
                run("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 60) SELECT x FROM c");

        assertThat(output.lines())
                .hasSize(2 + 50 + 2)
                .contains("50", "… 10 rows more")
                .doesNotContain("51");
        assertThat(output).contains("(60 rows, ");
    }

    @Test
    void theSqlCanBeHiddenAndShownAgain() {
        answers.put("Ships?", "SELECT *\nFROM ships");

        assertThat(run("\\sql off", COUNT)).startsWith("n\n-\n3\n");
        assertThat(run("\\sql off", "\\sql", "\\sql on", COUNT))
                .startsWith("SQL is hidden; change it with \\sql on or \\sql off.\nSELECT count");
        assertThat(run("\\sql off", "Ships?"))
                .isEqualTo("The query failed: no such table: ships: SELECT *\\nFROM ships\n");
    }

    @Test
    void tablesAreListed() {
        assertThat(run("\\tables")).isEqualTo("customers (3 columns)\norders (3 columns)\n");
    }

    @Test
    void theSchemaIsShownWholeOrByTable() {
        String customers = "CREATE TABLE customers (customer_id integer PRIMARY KEY, name text, city text);\n";
        String orders = "CREATE TABLE orders (order_id integer PRIMARY KEY, customer_id integer, amount real,"
                + " FOREIGN KEY (customer_id) REFERENCES customers (customer_id));\n";

        assertThat(run("\\schema")).isEqualTo(customers + orders);
        assertThat(run("\\schema ORDERS ")).isEqualTo(orders);
        assertThat(run("\\schema ships")).isEqualTo("There is no table ships; \\tables lists them.\n");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("\\help"))
                .contains(
                        "\\help",
                        "\\tables",
                        "\\schema [table]",
                        "\\sql on|off",
                        "\\adapter [name]",
                        "\\examples",
                        "\\quit");
    }

    @Test
    void examplesAreMadeOfTheDatabasesNames() {
        assertThat(run("\\examples").lines())
                .containsExactly(
                        "How many customers are there?",
                        "What are the distinct name values of the customers?",
                        "How many orders are there?",
                        "What is the average amount of the orders?",
                        "How many orders are there for each customer?");
    }

    @Test
    void anUnknownCommandIsOneLineOfHelp() {
        assertThat(run("\\drop customers")).isEqualTo("Unknown command \\drop; \\help lists the commands.\n");
        assertThat(predictor.batches).isEmpty();
    }

    @Test
    void theBaseIsTheOnlyAdapterWhereNoneIsLoaded() {
        assertThat(run("\\adapter")).isEqualTo("base (in use)\n");
        assertThat(run("\\adapter stock")).isEqualTo("There is no adapter stock: none is loaded\n");
        assertThat(exitCode).isEqualTo(1);
        assertThat(run("\\adapter base")).isEqualTo("Answers come from base now.\n");
    }

    @Test
    void quitEndsTheSessionBeforeTheInputEnds() {
        assertThat(run("\\QUIT", COUNT)).isEmpty();
        assertThat(exitCode).isZero();
    }

    @Test
    void emptyLinesAndWindowsLineEndsDoNoHarm() {
        assertThat(run("", "   ", "\r", COUNT + "\r")).startsWith(COUNT_SQL + "\nn\n");
    }

    @Test
    void charactersThatSteerTerminalsNeverReachIt() {
        database =
                ShopDatabase.create(folder.resolve("evil.db"), "CREATE TABLE \"evil\u001b[2J\" (\"\u0007bell\" TEXT)");
        answers.put("Escape?", "SELECT '\u001b[31m' AS \"\u001b\"");

        String output = run("Escape?", "\\tables", "\\schema", "\\examples", "\\\u001bx", "\\schema \u001b", "a\u001b");

        assertThat(output.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
        assertThat(output).contains("\\u001b[31m", "evil\\u001b[2J");
    }

    @Test
    void aDatabaseWithoutTablesSaysSo() {
        database = ShopDatabase.create(folder.resolve("empty.db"), "CREATE TABLE t (x)", "DROP TABLE t");

        assertThat(run("\\tables", "\\schema", "\\examples")).isEqualTo("There are no tables.\n".repeat(3));
    }

    @Test
    void aMissingDatabaseIsNamed() {
        database = folder.resolve("none.db");

        assertThatThrownBy(() -> run(COUNT))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("none.db");
    }

    @Test
    void pipedLinesAreNotKeptInTheHistory() {
        run(COUNT);

        assertThat(folder.resolve("history")).doesNotExist();
    }

    private String run(String... lines) {
        return run(predictor, QueryLimits.DEFAULTS, lines);
    }

    private String run(SqlPredictor asked, QueryLimits limits, String... lines) {
        byte[] input = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (Terminal terminal = new DumbTerminal(
                "test", Terminal.TYPE_DUMB, new ByteArrayInputStream(input), output, StandardCharsets.UTF_8)) {
            exitCode = new InteractiveSession(
                            asked,
                            AdapterSwitch.NONE,
                            ShopDatabase.schema(database),
                            new SqliteFile(database),
                            limits,
                            terminal,
                            folder.resolve("history"))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
