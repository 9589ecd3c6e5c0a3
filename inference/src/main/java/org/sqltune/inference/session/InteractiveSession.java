package org.sqltune.inference.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteFile;
import org.sqltune.core.text.PrintableText;
import org.sqltune.inference.AdapterSwitch;

/**
 * Questions to a database, answered one by one on a terminal: each is turned into SQL, the SQL is run read-only, and its
 * rows are printed. SQL can be typed as well, and commands such as {@code \help}. Ctrl-C, or an interrupt of the thread, stops
 * the answer or query that is being computed, and the session goes on.
 *
 * <p>Where input is piped there is no prompt and no greeting, so that the output holds answers alone.
 */
public final class InteractiveSession {
    static final String PROMPT = "sqltune> ";

    private static final int TABLES_SHOWN = 8;

    private final SessionModel model;
    private final Schema schema;
    private final QueryDatabases databases;
    private final QueryLimits limits;
    private final Terminal terminal;
    private final Path historyFile;
    private boolean explains;

    /**
     * Over an SQLite file, whose schema is read as it is, and without further adapters.
     *
     * @param predictor answers questions with SQL
     * @param database an SQLite file
     * @param limits what each query may use up
     * @param terminal lines come from here and answers go there; closed by the caller
     * @param historyFile keeps typed lines from session to session; made if it isn't there
     * @throws SqlTuneException if the database can't be read
     */
    public InteractiveSession(
            SqlPredictor predictor, Path database, QueryLimits limits, Terminal terminal, Path historyFile) {
        this(
                predictor,
                AdapterSwitch.NONE,
                new SchemaReader().read(database),
                new SqliteFile(database),
                limits,
                terminal,
                historyFile);
    }

    /**
     * A session over any database.
     *
     * @param predictor answers questions with SQL, by the adapter in use
     * @param adapters what {@code \adapter} switches
     * @param schema what the predictor is shown of the database
     * @param databases runs queries on the one database that the schema is of
     * @param limits what each query may use up
     * @param terminal lines come from here and answers go there; closed by the caller
     * @param historyFile keeps typed lines from session to session; made if it isn't there
     */
    public InteractiveSession(
            SqlPredictor predictor,
            AdapterSwitch adapters,
            Schema schema,
            QueryDatabases databases,
            QueryLimits limits,
            Terminal terminal,
            Path historyFile) {
        this(SessionModel.of(predictor, adapters), schema, databases, limits, terminal, historyFile);
    }

    /**
     * A session that shows answers as they grow, where its model does.
     *
     * @param model answers questions
     * @param schema what the model is shown of the database
     * @param databases runs queries on the one database that the schema is of
     * @param limits what each query may use up
     * @param terminal lines come from here and answers go there; closed by the caller
     * @param historyFile keeps typed lines from session to session; made if it isn't there
     */
    public InteractiveSession(
            SessionModel model,
            Schema schema,
            QueryDatabases databases,
            QueryLimits limits,
            Terminal terminal,
            Path historyFile) {
        this.model = model;
        this.schema = schema;
        this.databases = databases;
        this.limits = limits;
        this.terminal = terminal;
        this.historyFile = historyFile;
    }

    /** Whether each answer is explained until {@code \explain off}. */
    public InteractiveSession explaining(boolean each) {
        explains = each;
        return this;
    }

    /**
     * The terminal of this process; a {@link DumbTerminal} where its input or its output is none.
     *
     * @throws SqlTuneException if it can't be opened
     */
    public static Terminal systemTerminal() {
        try {
            return TerminalBuilder.builder()
                    .name("sqltune")
                    .system(true)
                    .dumb(true)
                    // Asking the terminal what it can do swallows what was typed while the model was loaded.
                    .graphemeCluster(false)
                    .encoding(StandardCharsets.UTF_8)
                    .build();
        } catch (IOException e) {
            throw new SqlTuneException("Can't open the terminal: " + e.getMessage() + "; try with piped input", e);
        }
    }

    /**
     * Answers until the user leaves or the input ends.
     *
     * @return 0; with piped input 1 if a line of it failed
     * @throws SqlTuneException if the database can't be read
     */
    public int run() {
        InputKind input = InputKind.of(terminal);
        try (StoppableQueries queries = new StoppableQueries(databases, schema.databaseId(), limits);
                Stopping stopping = new Stopping(terminal, input)) {
            SessionOutput output = new SessionOutput(terminal);
            LineSource lines = lines(input, schema);
            Dialogue dialogue = new Dialogue(model, queries, schema, output, lines, input == InputKind.EDITED);
            dialogue.explainEach(explains);
            if (input != InputKind.PIPED) {
                output.line(welcome(schema));
                output.flush();
            }
            answer(lines, dialogue, stopping);
            return input == InputKind.PIPED && dialogue.failures() > 0 ? 1 : 0;
        }
    }

    private LineSource lines(InputKind input, Schema schema) {
        return switch (input) {
            case EDITED -> new EditedLines(terminal, schema, historyFile);
            case TYPED -> new PlainLines(terminal, PROMPT);
            case PIPED -> new PlainLines(terminal, "");
        };
    }

    private static void answer(LineSource lines, Dialogue dialogue, Stopping stopping) {
        while (!dialogue.ended()) {
            String line = lines.next();
            if (line == null) {
                return;
            }
            stopping.run(() -> dialogue.take(line));
        }
    }

    private static String welcome(Schema schema) {
        List<String> names = schema.tables().stream()
                .map(Table::name)
                .map(PrintableText::oneLine)
                .toList();
        String shown = names.stream().limit(TABLES_SHOWN).collect(Collectors.joining(", "));
        int others = names.size() - TABLES_SHOWN;
        String tables = names.isEmpty()
                ? "no tables"
                : (names.size() == 1 ? "table " : "tables ") + shown + (others > 0 ? " and " + others + " more" : "");
        return "Database " + PrintableText.oneLine(schema.databaseId()) + ": " + tables + ". Ask a question, or type "
                + SessionCommand.HELP.spelling() + ".";
    }
}
