package org.sqltune.inference.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.text.PrintableText;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.inference.session.SessionModel.Answered;

/** Answers a session's lines one after the other. A line that fails is told of, and the next one may come. */
final class Dialogue {
    private static final Logger log = LoggerFactory.getLogger(Dialogue.class);

    private final SessionModel model;
    private final SqlExecutor executor;
    private final Schema schema;
    private final SessionOutput output;
    private final CommandAnswers commands;
    private final AdapterSwitch adapters;
    private final LineSource lines;
    private final boolean streams;
    private final List<String> history = new ArrayList<>();
    private String lastSql = "";
    private boolean showsSql = true;
    private boolean explains;
    private boolean ended;
    private int asked;
    private int failures;

    /**
     * @param lines where the user's lines come from
     * @param streams whether answers are shown as they grow
     */
    Dialogue(
            SessionModel model,
            SqlExecutor executor,
            Schema schema,
            SessionOutput output,
            LineSource lines,
            boolean streams) {
        this.model = model;
        this.adapters = model.adapters();
        this.executor = executor;
        this.schema = schema;
        this.output = output;
        this.commands = new CommandAnswers(schema);
        this.lines = lines;
        this.streams = streams;
    }

    /** Whether answers are explained from now on. */
    void explainEach(boolean each) {
        explains = each;
    }

    /** Whether the user wants to leave. */
    boolean ended() {
        return ended;
    }

    /** How many lines failed. */
    int failures() {
        return failures;
    }

    /** Answers a command, SQL or a question; an empty line with nothing. */
    void take(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return;
        }
        Optional<SessionCommand> word = SessionCommand.ofWord(text);
        if (word.isPresent()) {
            obey(word.get().spelling());
        } else if (text.startsWith(SessionCommand.MARK)) {
            obey(text);
        } else if (TypedSql.isSql(text)) {
            runTyped(text);
        } else if (TypedSql.isWriting(text)) {
            fail("Nothing can be changed here, so this wasn't run: " + PrintableText.oneLine(text)
                    + ". Ask a question, or type SELECT …");
        } else {
            answer(text);
        }
        output.flush();
    }

    private void obey(String line) {
        String[] words = line.split("\\s+", 2);
        String argument = words.length > 1 ? words[1] : "";
        Optional<SessionCommand> command = SessionCommand.find(words[0]);
        if (command.isEmpty()) {
            fail("Unknown command " + PrintableText.oneLine(words[0]) + "; " + SessionCommand.HELP.spelling()
                    + " lists the commands.");
            return;
        }
        switch (command.get()) {
            case HELP -> print(commands.help());
            case TABLES -> print(commands.tables());
            case SCHEMA -> print(commands.schema(argument));
            case SQL -> showSql(argument);
            case RUN -> runLast(argument);
            case EDIT -> editLast();
            case EXPLAIN -> explain(argument.strip());
            case HISTORY -> print(history.isEmpty() ? List.of("Nothing was asked yet.") : history);
            case SET -> set(argument.strip().split("[\\s=]+", 2));
            case ADAPTER -> switchAdapter(argument);
            case EXAMPLES -> print(commands.examples());
            case QUIT -> ended = true;
        }
    }

    private void runLast(String sql) {
        if (sql.isBlank() && lastSql.isEmpty()) {
            fail("There is no SQL to run yet: ask a question first, or type SQL behind " + SessionCommand.RUN.spelling()
                    + ".");
        } else {
            runTyped(sql.isBlank() ? lastSql : sql.strip());
        }
    }

    private void explain(String argument) {
        if (argument.equals("on") || argument.equals("off")) {
            explains = argument.equals("on");
            output.line(explains ? "Every answer is explained now." : "Answers aren't explained any more.");
        } else if (argument.isEmpty() && lastSql.isEmpty()) {
            fail("There is no SQL to explain yet: ask a question first, or type SQL behind "
                    + SessionCommand.EXPLAIN.spelling() + ".");
        } else {
            print(commands.explain(argument.isEmpty() ? lastSql : argument));
        }
    }

    private void editLast() {
        if (lastSql.isEmpty()) {
            fail("There is no SQL to change yet: ask a question first.");
        } else if (!lines.offer(lastSql)) {
            fail("Lines can't be edited here; type the SQL: " + PrintableText.oneLine(lastSql));
        }
    }

    private void set(String... words) {
        if (words.length < 2) {
            List<String> settings = new ArrayList<>();
            model.settings().forEach((name, value) -> settings.add(name + " " + value));
            print(settings.isEmpty() ? List.of("Nothing can be set here.") : settings);
            if (!words[0].isEmpty()) {
                fail("Give a value as well: " + SessionCommand.SET.spelling() + " " + PrintableText.oneLine(words[0])
                        + " VALUE.");
            }
            return;
        }
        try {
            model.set(words[0], words[1]);
            output.line(
                    PrintableText.oneLine(words[0]) + " is " + model.settings().get(words[0]) + " now.");
        } catch (SqlTuneException e) {
            fail(reason(e));
        }
    }

    private void switchAdapter(String name) {
        if (name.isBlank()) {
            print(adapters.names().stream()
                    .map(each -> PrintableText.oneLine(each) + (each.equals(adapters.active()) ? " (in use)" : ""))
                    .toList());
            return;
        }
        try {
            adapters.use(name.strip());
            output.line("Answers come from " + PrintableText.oneLine(adapters.active()) + " now.");
        } catch (SqlTuneException e) {
            fail(reason(e));
        }
    }

    private void showSql(String argument) {
        switch (argument) {
            case "on" -> showsSql = true;
            case "off" -> showsSql = false;
            default ->
                output.line("SQL is " + (showsSql ? "shown" : "hidden") + "; change it with "
                        + SessionCommand.SQL.spelling() + " on or " + SessionCommand.SQL.spelling() + " off.");
        }
    }

    private void runTyped(String sql) {
        lastSql = sql;
        long start = System.nanoTime();
        try {
            QueryResult rows = executor.execute(sql);
            output.rows(rows, SessionOutput.seconds(secondsSince(start)));
        } catch (InterruptedWorkException e) {
            stopped();
        } catch (SqlExecutionException e) {
            String hint = TypedSql.readsLikeSentence(sql)
                    ? ". It was run as SQL since it begins with Select; to ask it, begin with another word"
                    : "";
            fail("The query failed: " + reason(e) + ": " + PrintableText.oneLine(sql) + hint);
        }
    }

    private void answer(String question) {
        Answered answered;
        try {
            answered = predict(question);
        } catch (InterruptedWorkException e) {
            stopped();
            return;
        } catch (SqlTuneException e) {
            fail("The model failed: " + reason(e));
            return;
        } catch (RuntimeException e) {
            // From below the model, such as memory that ran out: a shorter question may still work.
            log.debug("question failed: {}", question, e);
            fail("The model failed: " + PrintableText.oneLine(e.toString()));
            return;
        }
        SqlPrediction prediction = answered.prediction();
        if (prediction.sql().isBlank()) {
            fail("The model answered without SQL; ask in other words.");
        } else {
            lastSql = prediction.sql();
            history.add(PrintableText.oneLine(question) + "\n  " + PrintableText.oneLine(lastSql));
            run(answered);
            if (prediction.cut()) {
                output.line("The answer ends at the limit of " + prediction.generatedTokens()
                        + " tokens; raise inference.max_new_tokens (--max-new-tokens).");
            }
        }
    }

    private Answered predict(String question) {
        SqlQuestion asking = ModelPrompts.question(String.valueOf(++asked), question, schema);
        if (!streams || !showsSql) {
            return model.answer(asking, TextListener.NONE);
        }
        GrowingAnswer growing = new GrowingAnswer(output);
        try {
            return model.answer(asking, growing);
        } finally {
            growing.end();
        }
    }

    private void run(Answered answered) {
        SqlPrediction prediction = answered.prediction();
        if (showsSql) {
            output.sql(prediction.sql());
            output.flush();
        }
        if (explains) {
            print(commands.explain(prediction.sql()));
        }
        long start = System.nanoTime();
        try {
            QueryResult rows = executor.execute(prediction.sql());
            output.rows(
                    rows,
                    "SQL in " + SessionOutput.seconds(prediction.seconds()) + took(answered.took()) + votes(prediction)
                            + ", rows in " + SessionOutput.seconds(secondsSince(start)));
        } catch (InterruptedWorkException e) {
            stopped();
        } catch (SqlExecutionException e) {
            String sql = showsSql ? "" : ": " + PrintableText.oneLine(prediction.sql());
            fail("The query failed: " + reason(e) + sql);
        }
    }

    /** What spoke for the answer, if several candidates were there or somebody estimated it. */
    private static String votes(SqlPrediction prediction) {
        AnswerEvidence evidence = prediction.evidence();
        Double confidence = prediction.confidence();
        String agreed = evidence == null || evidence.candidates() == 1
                ? ""
                : ", " + evidence.agreed() + " of " + evidence.candidates() + " candidates agree";
        return agreed + (confidence == null ? "" : String.format(Locale.ROOT, ", confidence %.2f", confidence));
    }

    /** Where the time went, if somebody said. */
    private static String took(@Nullable TextAnswer took) {
        if (took == null || took.promptTokens() == 0) {
            return "";
        }
        return " (prompt " + took.promptTokens() + " tokens, " + took.cachedTokens() + " cached, "
                + SessionOutput.seconds(took.prefillSeconds()) + "; answer " + took.newTokens() + " tokens, "
                + SessionOutput.seconds(took.decodeSeconds()) + ")";
    }

    private void print(List<String> text) {
        text.forEach(output::line);
    }

    private void stopped() {
        if (streams) {
            output.clearLine();
        }
        fail("Stopped.");
    }

    private void fail(String message) {
        failures++;
        output.line(message);
    }

    private static String reason(SqlTuneException e) {
        return PrintableText.oneLine(String.valueOf(e.getMessage()));
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
