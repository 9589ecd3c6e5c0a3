package org.sqltune.inference.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a session can be told, beside questions and SQL. */
enum SessionCommand {
    HELP("", "what can be typed here"),
    TABLES("", "the tables with their numbers of columns"),
    SCHEMA("[table]", "the tables, or one of them, as CREATE TABLE"),
    SQL("on|off", "show or hide the SQL of answers"),
    RUN("[sql]", "run the last SQL again, or another query"),
    EDIT("", "change the last SQL on the line"),
    EXPLAIN("[on|off|sql]", "what the last SQL does, in words; on: of every answer"),
    HISTORY("", "the questions of this session with their SQL"),
    SET("[name value]", "how answers are decoded, or change it"),
    ADAPTER("[name]", "the adapters, or answer with another of them"),
    EXAMPLES("", "questions that this database can answer"),
    QUIT("", "leave; so does Ctrl-D");

    /** What a command begins with. */
    static final String MARK = "\\";

    private final String argument;
    private final String help;

    SessionCommand(String argument, String help) {
        this.argument = argument;
        this.help = help;
    }

    /** The command of that spelling, mark included, case ignored. */
    static Optional<SessionCommand> find(String spelling) {
        return Arrays.stream(values())
                .filter(command -> command.spelling().equalsIgnoreCase(spelling))
                .findFirst();
    }

    /** The command that a word of other programs means: {@code exit}, {@code quit}, {@code help} and {@code ?}. */
    static Optional<SessionCommand> ofWord(String line) {
        return switch (line.replaceFirst("\\s*;+$", "").toLowerCase(Locale.ROOT)) {
            case "exit", "quit", "exit()", "quit()", "\\q", ".exit", ".quit" -> Optional.of(QUIT);
            case "help", "?", "\\?", "\\h", ".help" -> Optional.of(HELP);
            default -> Optional.empty();
        };
    }

    /** As it is typed, without its argument. */
    String spelling() {
        return MARK + name().toLowerCase(Locale.ROOT);
    }

    /** As it is typed, with the argument it takes. */
    String usage() {
        return (spelling() + " " + argument).strip();
    }

    /** What it does, in a few words. */
    String help() {
        return help;
    }
}
